"""What could be said in a better way. None of it ever stops a reply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.greetings import begins_with_greeting
from heard.checks.links import link_spans
from heard.checks.passages import blanked, sentences, without_quotes
from heard.checks.regex import regex
from heard.checks.style_words import CLOSES, HARSH, LANGUAGES, NEXT_STEP
from heard.language.familiar import familiar
from heard.language.plain import plain

_LONG_PUBLIC: Final = 600  # characters; nobody reads more under a post
_LONG_PRIVATE: Final = 2_000
_LONG_SENTENCE: Final = 35  # words
_A_GREETING_FITS: Final = 30  # letters
_A_NEXT_STEP_FITS: Final = 160
_MOST_EXCLAIMED: Final = 4
_MOST: Final = 5  # findings of one kind
_EXCLAIMED: Final = regex(r"[!?！？]{2,}")
_SHOUTED: Final = regex(r"(?<!\w)(?:[^\W\d_a-z]{2,24}[ ,!]{1,3}){2,20}[^\W\d_a-z]{2,24}(?!\w)")


def style(draft: Draft) -> Iterator[Finding]:
    said = without_quotes(blanked(draft.text, link_spans(draft.text)))
    yield from _first_answer(draft)
    yield from _exclaimed(said)
    yield from _shouted(said)
    yield from _long(draft, said)
    yield from _harsh(draft.text, said)


def _first_answer(draft: Draft) -> Iterator[Finding]:
    text = draft.text
    language = familiar(text) or draft.language
    if not draft.first_answer or language not in LANGUAGES:
        return
    letters = sum(map(str.isalpha, text))
    if letters >= _A_GREETING_FITS and not _greets(draft):
        yield _hint("style.greeting", N_("A first answer begins with a greeting."), 0, 0)
    flat = plain(text)
    if (
        letters >= _A_NEXT_STEP_FITS
        and "?" not in text
        and ";" not in text
        and not (NEXT_STEP[language].search(flat) or CLOSES[language].search(flat))
    ):
        reason = N_("Say what happens next, or what this person can do.")
        yield _hint("style.next_step", reason, len(text), len(text))


def _greets(draft: Draft) -> bool:
    beginning = plain(draft.text[:80])
    return begins_with_greeting(draft.text) or any(
        plain(word) in beginning for name in draft.names for word in name.split() if len(word) > 2
    )


def _exclaimed(said: str) -> Iterator[Finding]:
    for count, found in enumerate(_EXCLAIMED.finditer(said)):
        if count == _MOST:
            return
        mend = "?" if "?" in found.group() else "!"
        yield _hint(
            "style.exclaims",
            N_("One sign is enough: “%(found)s”."),
            *found.span(),
            mend=mend,
            found=found.group()[:9],
        )
    if said.count("!") > _MOST_EXCLAIMED:
        place = said.rfind("!")
        yield _hint(
            "style.exclaims", N_("So many exclamation marks sound excited."), place, place + 1, mend="."
        )


def _shouted(said: str) -> Iterator[Finding]:
    for count, found in enumerate(_SHOUTED.finditer(said)):
        if count == _MOST:
            return
        if found.group().isupper():
            yield _hint("style.shouts", N_("Capitals shout."), *found.span(), mend=found.group().lower())


def _long(draft: Draft, said: str) -> Iterator[Finding]:
    most = _LONG_PUBLIC if draft.public else _LONG_PRIVATE
    if len(said) > most and (draft.limit is None or len(said) <= draft.limit):
        reason = N_("This is long. Few people read more than %(most)s characters.")
        yield _hint("style.long", reason, most, len(said), most=most)
    long = [span for span in sentences(said) if said.count(" ", *span) >= _LONG_SENTENCE]
    for start, end in long[:_MOST]:
        if len(said[start:end].split()) > _LONG_SENTENCE:
            yield _hint("style.sentence", N_("This sentence is long. Two are easier to read."), start, end)


def _harsh(text: str, said: str) -> Iterator[Finding]:
    for count, found in enumerate(HARSH.finditer(plain(said))):
        if count == _MOST:
            return
        start, end = found.span()
        reason = N_("“%(found)s” sounds harsh. Say what can be done.")
        yield _hint("style.harsh", reason, start, end, found=text[start:end])


def _hint(
    code: str, reason: str, start: int, end: int, mend: str | None = None, **params: str | int
) -> Finding:
    return Finding("style", code, reason, start, end, True, mend, params, "hint")
