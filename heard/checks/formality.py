"""Somebody who is addressed formally in one sentence and like a friend in the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.checks.address_words import ADDRESS, WITH_ACCENTS, AddressWords
from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.letters import CAPITAL
from heard.checks.links import Span, link_spans
from heard.checks.passages import blanked, without_quotes
from heard.checks.regex import regex
from heard.language.familiar import familiar
from heard.language.plain import plain

_NAME: Final = regex(
    rf"(?<=[\w,] )(?!(?:Ön\w{{0,4}}|V[ayáiý]\w{{0,4}}|T[eéiíoóvyýw]\w{{0,3}}|Σ[αο]\w{{1,2}}|"
    rf"Εσ\w{{1,4}})\b)[{CAPITAL}]\w{{1,30}}(?= ?[,!.\n])"
)
# Two friends are addressed in the plural, and are friends all the same.
_GREETS_A_FRIEND: Final = regex(r"\b(?:γεια σου|ahoj|cau|zivjo|szia|hej)\b")
_MIXED: Final = {
    "formal": N_("“%(found)s” is formal, the rest of the text is not."),
    "informal": N_("“%(found)s” is informal, the rest of the text is not."),
}
_AGAINST: Final = {
    "formal": N_("“%(found)s” is formal, and this customer is addressed informally."),
    "informal": N_("“%(found)s” is informal, and this customer is addressed formally."),
}


def formality(draft: Draft) -> Iterator[Finding]:
    if len(_GREETS_A_FRIEND.findall(plain(draft.text))) > 1:
        return
    found = addressed(draft.text, familiar(draft.text) or draft.language)
    if found and all(found.values()):
        yield _finding(draft, _odd_one(draft, found), found, "formality.mixed", _MIXED)
        return
    other = {"formal": "informal", "informal": "formal"}.get(draft.formality, "")
    if found.get(other):
        yield _finding(draft, other, found, "formality.other", _AGAINST)


def addressed(text: str, language: str) -> dict[str, list[Span]]:
    """Where a text is formal and where informal; nothing in a language whose words for that are not known."""
    words = ADDRESS.get(language)
    return _found(text, words, accents=language in WITH_ACCENTS) if words else {}


def _found(text: str, words: AddressWords, *, accents: bool) -> dict[str, list[Span]]:
    own = without_quotes(blanked(text, link_spans(text)))
    own = _NAME.sub(lambda name: " " * len(name.group()), own)
    said = "".join(map(_small, own)) if accents else plain(own)
    return {
        "formal": [found.span() for found in words.formal.finditer(said)],
        "informal": [found.span() for found in words.informal.finditer(said)],
    }


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _odd_one(draft: Draft, found: dict[str, list[Span]]) -> str:
    """What is not as it should be, else what is seldom, else what came later."""
    if draft.formality in found:
        return "informal" if draft.formality == "formal" else "formal"
    return min(found, key=lambda kind: (len(found[kind]), -found[kind][0][0]))


def _finding(
    draft: Draft, kind: str, found: dict[str, list[Span]], code: str, reasons: dict[str, str]
) -> Finding:
    start, end = found[kind][0]
    params = {"found": draft.text[start:end]}
    return Finding("formality", code, reasons[kind], start, end, True, params=params, weight="warn")
