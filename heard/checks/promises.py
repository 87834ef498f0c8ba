"""Something is promised, and nobody says when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.checks import promise_words as words
from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.links import Span, link_spans
from heard.checks.passages import blanked, sentences, without_quotes
from heard.language.plain import plain

_MOST: Final = 10  # findings


def promises(draft: Draft) -> Iterator[Finding]:
    said = plain(without_quotes(blanked(draft.text, link_spans(draft.text))))
    count = 0
    for start, end, behind in _with_what_follows(said):
        span = _vague(said, start, end)
        if span is None or words.WHEN.search(said, start, end) or words.WHEN.search(said, end, behind):
            continue
        params = {"found": draft.text[slice(*span)]}
        reason = N_("“%(found)s”: say when. A date or an hour is a promise that can be kept.")
        yield Finding("promises", "promise.no_date", reason, *span, True, params=params, weight="warn")
        count += 1
        if count == _MOST:
            return


def _with_what_follows(said: str) -> Iterator[tuple[int, int, int]]:
    """Each sentence, and where the next one ends: "We will call you. Expect us on Friday." """
    spans = list(sentences(said))
    for place, (start, end) in enumerate(spans):
        yield start, end, spans[place + 1][1] if place + 1 < len(spans) else len(said)


def _vague(said: str, start: int, end: int) -> Span | None:
    commits = words.COMMITS.search(said, start, end)
    vague = words.VAGUE.search(said, start, end)
    if vague and (commits or not words.NO_PROMISE.search(said, start, end)):
        return vague.span()
    if commits and not _has_a_condition(said, start, end, commits.start()):
        return commits.span()
    return None


def _has_a_condition(said: str, start: int, end: int, place: int) -> bool:
    if words.AFTER_THAT.search(said, start, end) or words.NO_PROMISE.search(said, start, end):
        return True
    return words.ASKED_FIRST.search(said[start:place]) is not None
