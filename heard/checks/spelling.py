"""Words that no dictionary knows. Only a hint: a dictionary does not know everything either."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.links import Taken, link_spans
from heard.checks.passages import code_spans, quoted_spans
from heard.checks.regex import regex
from heard.language.familiar import familiar
from heard.language.plain import plain
from heard.language.spelling import Misspelt, Speller

_MOST: Final = 20  # findings; a text with more is in another language
_SHORTEST: Final = 3
_FEW: Final = 3  # wrong words that a text of any length may have
_MARKED: Final = regex(
    r"[{\[<][^{}\[\]<>\n]{0,60}[}\]>]|[@#][\w.-]{1,60}|[\w.+-]{1,64}@[\w.-]{1,200}|\S{0,60}\d\S{0,60}"
)
_NAME_WORD: Final = regex(r"[^\W\d_]+")
_SENTENCE_BEGINS: Final = regex(r"(?:^|[.!?;:…\n]\W{0,9}|[-–•„“\"«(]\s?)$")


def spelling(draft: Draft) -> Iterator[Finding]:
    if draft.speller is None:
        return
    text = draft.text
    for word in islice(_misspelt(draft, draft.speller), _MOST):
        mend = word.suggestions[0] if word.suggestions else None
        params = {"found": text[word.start : word.end], "suggestions": ", ".join(word.suggestions[:5])}
        reason = N_("“%(found)s” may be misspelt.")
        yield Finding("spelling", "spelling", reason, word.start, word.end, True, mend, params, "hint")


def _misspelt(draft: Draft, speller: Speller) -> list[Misspelt]:
    """In the language that the small words tell, else in the customer's: where a third of all words is wrong, the
    text is in neither. What no dictionary is meant to know counts for nothing: many links are no other language."""
    text, taken, known = draft.text, _taken(draft.text), _known(draft)
    words = sum(taken.is_free(found.span()) for found in _NAME_WORD.finditer(text))
    most = max(_FEW, words // 3)
    for language in dict.fromkeys(filter(None, (familiar(text), draft.language))):
        wrong = (
            word
            for word in speller.misspelt(text, language)
            if _is_a_word(text, word)
            and plain(text[word.start : word.end]) not in known
            and taken.is_free((word.start, word.end))
        )
        found = list(islice(wrong, most + 1))
        if len(found) <= most:
            return found
    return []


def _taken(text: str) -> Taken:
    taken = Taken(text, link_spans(text), code_spans(text), quoted_spans(text))
    for found in _MARKED.finditer(text):
        taken.take(found.span())
    return taken


def _known(draft: Draft) -> frozenset[str]:
    """Names are spelt as their owners like."""
    said = " ".join((*draft.names, *draft.agent_names, *draft.ours))
    return frozenset(map(plain, _NAME_WORD.findall(said)))


def _is_a_word(text: str, word: Misspelt) -> bool:
    """Abbreviations, brands and names are none: capitals inside of it, or in front without a sentence."""
    written = text[word.start : word.end]
    if len(written) < _SHORTEST or not written[1:].islower():
        return False
    before = text[max(0, word.start - 12) : word.start]
    return written[0].islower() or _SENTENCE_BEGINS.search(before) is not None
