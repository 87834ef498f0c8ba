"""Something is promised, and nobody says when; or for a day that has passed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from heard.checks import promise_words as words
from heard.checks.days import Day, days
from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.links import Span, link_spans
from heard.checks.passages import blanked, sentences, without_quotes
from heard.checks.regex import regex
from heard.language.plain import plain

_MOST: Final = 10  # findings
_MOST_SENTENCES: Final = 100
_OF_THE_WEEK: Final = regex(
    r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day|pondel\w{1,2}|uter\w{1,2}|stred[aue]|ctvrt\w{1,3}|pat(?:ek|ku)|"
    r"sobot[auo]|nedel\w|tor(?:ek|ka)|cetrt\w{1,3}|petk?[aek]{1,2}|δευτερα|τριτη|τεταρτη|πεμπτη|παρασκευη|σαββατο|κυριακη),"
    r"(?=\s\d)"
)
_ORDINAL: Final = regex(r"(?<=\d)\.(?=\s?[\w-])")


def promises(draft: Draft) -> Iterator[Finding]:
    said = plain(without_quotes(blanked(draft.text, link_spans(draft.text))))
    yield from _overdue(draft, said)
    said = words.WISHED.sub(lambda wish: " " * len(wish.group()), said)
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


def _overdue(draft: Draft, said: str) -> Iterator[Finding]:
    if draft.today is None:
        return
    said = _OF_THE_WEEK.sub(lambda day: f"{day[1]} ", said)
    reason = N_("“%(found)s” has passed already. Say a day that is still to come.")
    for start, end in islice(sentences(_without_dots(said)), _MOST_SENTENCES):
        for day in days(said, start, end, today=draft.today):
            if day.on < draft.today and _is_promised(said, start, end, day):
                span = (day.start, day.end)
                params = {"found": draft.text[slice(*span)]}
                yield Finding("promises", "promise.past", reason, *span, True, params=params, weight="warn")


def _without_dots(said: str) -> str:
    """As long as `said`: the dot behind the number of a day ends no sentence."""
    return _ORDINAL.sub(",", said)


def _is_promised(said: str, start: int, end: int, day: Day) -> bool:
    """Something is to be done until then. What was paid, sent or open on that day is history."""
    first = max(said.rfind(sign, start, day.start) for sign in ",;:(") + 1
    ends = [place for place in (said.find(sign, day.end, end) for sign in ",;:)") if place >= 0]
    clause = said[max(start, first) : min(ends, default=end)]
    if words.WAS.search(clause) or not words.WILL_BE.search(clause):
        return False
    if words.THAT_DAYS.search(said[max(start, day.start - 12) : day.start]):
        return False
    return words.OF_THAT_DAY.match(said, day.end) is None


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
