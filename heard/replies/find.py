"""Saved replies by what somebody types: shortcut, title, tags and text in every language, accents or not."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max

from heard.language.folded import is_greek, sound_of_greeklish
from heard.replies.index import SOUND, TEXT, TITLE, Entry, Index, index_of
from heard.replies.meant import meant
from heard.replies.models import ReplyUse, SavedReply
from heard.replies.offered import offered_to
from heard.replies.terms import words
from heard.workspaces.models import Agent

SHOWN = 20
REMEMBERED = timedelta(days=90)
LONGEST_QUERY = 100  # characters
BENT = 3  # letters that an ending may have
UNBENT = 4  # letters that stay at least


@dataclass(frozen=True, slots=True)
class Used:
    """By this agent, lately."""

    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The best first. `meant` are those in which no word stands as it was typed, and that speak of the same."""

    replies: list[SavedReply]
    meant: frozenset[int] = frozenset()


def find(agent: Agent, query: str, *, now: datetime, limit: int = SHOWN) -> list[SavedReply]:
    return search(agent, query, now=now, limit=limit).replies


def search(agent: Agent, query: str, *, now: datetime, limit: int = SHOWN) -> Found:
    """What has the words in its title or tags, then what means the same, then what has them in its text.

    With nothing typed, what this agent uses.
    """
    offered = offered_to(agent, now=now)
    usable = set(offered.values_list("pk", flat=True))
    used = used_by(agent, now=now)
    typed = words(query[:LONGEST_QUERY])
    shortcut = query.strip().lstrip("/").casefold()
    language = agent.user.language
    with index_of(agent.workspace) as index:
        found = _found(index, typed, shortcut) if typed or shortcut else dict.fromkeys(index.entries, 0)
        ranked = sorted(
            (pk for pk in found if pk in usable),
            key=lambda pk: (
                *_rank(index.entries[pk], found[pk], " ".join(typed), shortcut, used.get(pk)),
                index.entries[pk].order_in(language),
                pk,
            ),
        )
        alike = _alike(index, typed, usable - found.keys(), strict=bool(found)) if typed else []
    taken = _together(ranked, alike, found if typed else {})[:limit]
    shown = offered.in_bulk(taken)
    return Found([shown[pk] for pk in taken if pk in shown], frozenset(alike))


def _together(ranked: Sequence[int], alike: Sequence[int], found: Mapping[int, int]) -> list[int]:
    """A word somewhere in a long text says less than a title that means the same."""
    named = [pk for pk in ranked if found.get(pk, TITLE) != TEXT]
    return [*named, *alike, *(pk for pk in ranked if found.get(pk, TITLE) == TEXT)]


def _alike(index: Index, typed: Sequence[str], others: Container[int], *, strict: bool) -> list[int]:
    scores = meant(index, typed, strict=strict)
    return sorted((pk for pk in scores if pk in others), key=lambda pk: (-scores[pk], pk))


def used_by(agent: Agent, *, now: datetime) -> Mapping[int, Used]:
    lately = ReplyUse.objects.filter(agent=agent, inserted_at__gte=now - REMEMBERED)
    rows = lately.values_list("reply").annotate(times=Count("pk"), last=Max("inserted_at"))
    return {reply: Used(times, last) for reply, times, last in rows}


def _rank(entry: Entry, places: int, typed: str, shortcut: str, used: Used | None) -> tuple[object, ...]:
    """Lower is better."""
    return (
        not (shortcut and entry.shortcut == shortcut),
        not (shortcut and entry.shortcut.startswith(shortcut)),
        not (typed and any(title.startswith(typed) for title in entry.titles)),
        -places,
        -(used.times if used else 0),
        -used.last.timestamp() if used else 0,
    )


def _found(index: Index, typed: Sequence[str], shortcut: str) -> dict[int, int]:
    """Replies with every word, and how good the places are where the words stand, added up."""
    found: dict[int, int] | None = None
    for word in typed:
        places = _with_word(index, word)
        found = places if found is None else {pk: found[pk] + at for pk, at in places.items() if pk in found}
    by_shortcut = (
        pk for pk, entry in index.entries.items() if shortcut and entry.shortcut.startswith(shortcut)
    )
    return {**dict.fromkeys(by_shortcut, 0), **(found or {})}


def _with_word(index: Index, word: str) -> dict[int, int]:
    """A word is typed as far as it is typed. Where nothing begins so, perhaps its ending is another one."""
    starts = [word] if is_greek(word) else [word, SOUND + sound_of_greeklish(word)]
    found = _beginning_with(index, starts)
    for bent in range(1, BENT + 1):
        if found or len(word) - bent < UNBENT:
            break
        found = _beginning_with(index, [start[:-bent] for start in starts])
    return found


def _beginning_with(index: Index, starts: Sequence[str]) -> dict[int, int]:
    best: dict[int, int] = {}
    for start in starts:
        for postings in index.beginning_with(start):
            for posting in postings:
                reply, place = index.of_slot[posting >> 2], posting & 3
                if reply and place > best.get(reply, 0):
                    best[reply] = place
    return best
