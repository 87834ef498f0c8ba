"""Is there a blank that nobody filled in?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from heard.checks import blank_signs as signs
from heard.checks import blank_styles as styles
from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.links import Span, Taken, link_spans
from heard.checks.passages import code_spans, quoted_spans
from heard.language.plain import plain

_LONGEST: Final = 600  # characters of one choice, with all that stands in it
_BEFORE: Final = 40
_MOST_HOLLOW: Final = 10  # findings
_LOST: Final = N_("Something is missing at “%(blank)s”.")


def blanks(draft: Draft) -> Iterator[Finding]:
    text = draft.text
    taken = Taken(text, link_spans(text), code_spans(text))
    for code, reason, span in _found(text):
        if not taken.take(span):
            continue
        shown = text[slice(*span)].strip()
        start = span[1] - len(text[slice(*span)].lstrip())
        params = {"blank": shown.rstrip(",!-–—: \t") if code == "blanks.greeting" else shown}
        mend = _known(draft, shown)
        yield Finding("blanks", code, reason, start, span[1], overridable=True, mend=mend, params=params)
    yield from _hollow(text, taken)


def _known(draft: Draft, blank: str) -> str | None:
    """What a fact says that is named and not filled in."""
    named = (fact for fact in draft.facts if fact.placeholder == blank.replace(" ", ""))
    return next((fact.value(draft.language) or None for fact in named), None)


def _hollow(text: str, taken: Taken) -> Iterator[Finding]:
    """Mostly an empty value, sometimes a thumb: somebody has to look, and one click closes the gap."""
    for found in islice(signs.HOLLOW.finditer(text), _MOST_HOLLOW):
        if taken.take(found.span()):
            mend = " ".join(found.group().split())
            params = {"blank": found.group()}
            yield Finding("blanks", "blanks.lost", _LOST, *found.span(), True, mend, params, "warn")


def _found(text: str) -> Iterator[tuple[str, str, Span]]:
    """In this order: what a later search finds inside of an earlier one is not found twice."""
    unfilled = N_("“%(blank)s” has not been filled in.")
    for span in _choices(text):
        yield "blanks.unfilled", unfilled, span
    for span in _named(text):
        yield "blanks.unfilled", unfilled, span
    for pattern in (styles.GREETED, signs.GREETED_NOBODY):
        for found in pattern.finditer(text):
            yield "blanks.greeting", N_("A name is missing after “%(blank)s”."), found.span()
    for found in styles.MARK.finditer(text):
        if not _means_something_else(text, *found.span()):
            yield "blanks.unfilled", unfilled, found.span()
    for found in signs.GREETED_A_SIGN.finditer(text):
        yield "blanks.unfilled", unfilled, found.span("mark")
    for found in signs.SIGN.finditer(text):
        if not _is_opened_or_a_key(text, found):
            yield "blanks.unfilled", unfilled, found.span()
    for found in styles.LOST.finditer(text):
        yield "blanks.lost", _LOST, found.span()


def _choices(text: str) -> Iterator[Span]:
    ended = 0
    for found in styles.CHOICE.finditer(text):
        if found.start() >= ended:
            ended = _closed(text, found.start())
            yield found.start(), ended


def _named(text: str) -> Iterator[Span]:
    """What is said to be missing, such as "(name)". A field of a form may be called so, too."""
    flat = plain(text)
    for found in styles.NAMED.finditer(flat):
        span = found.span("quoted") if found["quoted"] else found.span()
        if not styles.FIELD.search(flat[max(0, span[0] - _BEFORE) : span[0]]):
            yield span


def _closed(text: str, start: int) -> int:
    """Behind the brace that closes the one at `start`; where none does, at the end of the line."""
    depth = 0
    for place in range(start, min(len(text), start + _LONGEST)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place + 1
    line = text.find("\n", start, start + _LONGEST)
    return line if line >= 0 else min(len(text), start + _LONGEST)


def _means_something_else(text: str, start: int, end: int) -> bool:
    mark = text[start:end]
    if mark[0] == "{":
        return styles.KEY.fullmatch(text, start, end) is not None
    if mark[0] in "[<":
        return _is_a_key(text, start, end) or _changes_a_letter(text, start, end)
    if set(mark) <= set("_.…*#"):
        return not _line(text, start, end).strip("_.…*#- \t")
    if set(mark) <= set("XxΧχ -"):
        return _is_masked_or_a_kiss(text, mark, end)
    return mark[0] in "DdYH" and styles.FORM.search(text[max(0, start - _BEFORE) : start]) is not None


def _changes_a_letter(text: str, start: int, end: int) -> bool:
    """ "[Y]our staff": a quotation fits the sentence around it."""
    return end - start == 3 and text[end : end + 1].isalpha()


def _is_opened_or_a_key(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    if text[start + 1 : end - 1] in ("…", "..."):
        return any(first < start < last for first, last in quoted_spans(text))
    if found["shut"]:
        before = text[max(0, start - _BEFORE * 2) : start]
        return any(before.rfind(sign) > before.rfind(close) for sign, close in ("[]", "{}"))
    return text[start] == "[" and _is_a_key(text, start, end)


def _is_a_key(text: str, start: int, end: int) -> bool:
    """Buttons are written in brackets, too."""
    if styles.KEY.fullmatch(text, start, end) or styles.GOES_ON.match(text, end):
        return True
    if styles.PRESSED.search(text[max(0, start - _BEFORE) : start]):
        return True
    line = text.rfind("\n", max(0, start - _BEFORE), start) + 1
    return styles.TICKED.match(text, line, end) is not None


def _is_masked_or_a_kiss(text: str, mark: str, end: int) -> bool:
    if len(mark) >= 4 and styles.MASKED.match(text, end):
        return True
    return mark.islower() and len(mark) <= 4 and text[end : end + 1] in ("", "\n")


def _line(text: str, start: int, end: int) -> str:
    """As much of it as tells whether there is anything else on it."""
    first, last = max(0, start - _BEFORE), end + _BEFORE
    line, after = text.rfind("\n", first, start) + 1, text.find("\n", end, last)
    return text[max(first, line) : after if after >= 0 else last]
