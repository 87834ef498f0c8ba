"""All words of a workspace's saved replies, held in memory: what a search and a suggestion look into.

Built at the first question and brought up to date by what changed since, so that nobody waits for two thousand
replies because one was mended. Every process has its own; the rows in the database decide, not a message.
"""

from __future__ import annotations

import bisect
import threading
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Count, Max

from heard.language.folded import is_greek, sound_of_greek
from heard.replies.cues import topics
from heard.replies.models import SavedReply, Situation, Variant
from heard.replies.terms import plain, stem, tells, words
from heard.workspaces.models import Workspace

TEXT, TAG, TITLE = 1, 2, 3
SOUND: Final = "~"  # before a Greek word as it sounds
TOPIC: Final = "#"  # before a topic
MOST_WORKSPACES: Final = 50
WASTE: Final = 0.3
# What a message is about when a reply of this kind is the answer.
OF_SITUATION: Final[Mapping[str, Sequence[str]]] = {
    Situation.PRAISE: ("thanks",),
    Situation.GOOD_REVIEW: ("thanks",),
    Situation.COMPLAINT: ("angry",),
    Situation.BAD_REVIEW: ("angry",),
    Situation.OUTAGE: ("outage",),
    Situation.PRIVACY: ("privacy",),
    Situation.BOT: ("person",),
    Situation.PRE_SALE: ("advice",),
    Situation.BOOKING: ("booking",),
}

Stamp = tuple[int, datetime]


@dataclass(slots=True)
class Entry:
    """One reply as it was read. `slot` is its number in the index: a changed reply gets a new one."""

    stamp: Stamp
    slot: int
    shortcut: str
    titles: Sequence[str]  # folded
    block: str
    lengths: dict[str, int] = field(default_factory=dict)  # language → stems


@dataclass(slots=True)
class Index:
    entries: dict[int, Entry] = field(default_factory=dict)
    of_slot: list[int] = field(default_factory=list)  # slot → reply, 0 where nothing is any more
    words: dict[str, array[int]] = field(default_factory=dict)  # word → slot and place, in one number
    stems: dict[tuple[str, str], array[int]] = field(default_factory=dict)  # the same by language and stem
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # language → replies
    lengths: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # language → stems of all
    state: object = None
    _ordered: list[str] | None = None

    def beginning_with(self, start: str) -> Iterator[array[int]]:
        if self._ordered is None:
            self._ordered = sorted(self.words)
        at = bisect.bisect_left(self._ordered, start)
        while at < len(self._ordered) and self._ordered[at].startswith(start):
            yield self.words[self._ordered[at]]
            at += 1

    def forget(self, reply: int) -> None:
        entry = self.entries.pop(reply)
        self.of_slot[entry.slot] = 0
        for language, length in entry.lengths.items():
            self.counts[language] -= 1
            self.lengths[language] -= length

    def take(self, reply: SavedReply, variants: Sequence[tuple[str, str]]) -> None:
        """`variants` are language and text of each."""
        slot = len(self.of_slot)
        self.of_slot.append(reply.pk)
        self.entries[reply.pk] = Entry(
            stamp=(reply.version, reply.changed_at),
            slot=slot,
            shortcut=reply.shortcut.casefold(),
            titles=[" ".join(words(title)) for title in reply.titles.values()],
            block=reply.block,
        )
        found = _found(reply, variants)
        for word, place in _together(found.values()).items():
            self._put(word, slot, place)
            if is_greek(word):
                self._put(SOUND + sound_of_greek(word), slot, place)
        about = _topics(reply)
        for language in {language for language, _text in variants}:
            self._count(language, slot, _together((found.get("", {}), found.get(language, {}))), about)
        self._ordered = None

    def _put(self, word: str, slot: int, place: int) -> None:
        self.words.setdefault(word, array("L")).append(slot << 2 | place)

    def _count(self, language: str, slot: int, found: Mapping[str, int], about: Sequence[str]) -> None:
        entry = self.entries[self.of_slot[slot]]
        short: dict[str, int] = {}
        for word, place in found.items():
            if tells(word):
                short[stem(word)] = max(place, short.get(stem(word), 0))
        for topic in about:
            short[TOPIC + topic] = TITLE
        for key, place in short.items():
            self.stems.setdefault((language, key), array("L")).append(slot << 2 | place)
        entry.lengths[language] = len(short)
        self.counts[language] += 1
        self.lengths[language] += len(short)


@dataclass(slots=True)
class _Held:
    index: Index = field(default_factory=Index)
    lock: threading.Lock = field(default_factory=threading.Lock)


_lock = threading.Lock()
_indexes: OrderedDict[int, _Held] = OrderedDict()


@contextmanager
def index_of(workspace: Workspace) -> Iterator[Index]:
    """As the replies stand now. Nobody changes it while it is being looked into."""
    with _lock:
        held = _indexes.pop(workspace.pk, None) or _Held()
        _indexes[workspace.pk] = held
        while len(_indexes) > MOST_WORKSPACES:
            _indexes.popitem(last=False)
    with held.lock:
        held.index = _brought_up_to_date(held.index, workspace)
        yield held.index


def _brought_up_to_date(index: Index, workspace: Workspace) -> Index:
    here = SavedReply.objects.filter(workspace=workspace, archived_at=None)
    state = tuple(here.aggregate(Count("pk"), Max("pk"), Max("changed_at")).values())
    if state == index.state:
        return index
    stamps = {pk: (version, at) for pk, version, at in here.values_list("pk", "version", "changed_at")}
    if len(index.of_slot) > 100 and len(index.of_slot) * (1 - WASTE) > len(stamps):
        index = Index()
    for pk in [pk for pk, entry in index.entries.items() if stamps.get(pk) != entry.stamp]:
        index.forget(pk)
    _take_all(index, [pk for pk in stamps if pk not in index.entries])
    index.state = state
    return index


def _take_all(index: Index, missing: Sequence[int]) -> None:
    variants: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = (
        Variant.objects.filter(reply__in=missing).order_by("pk").values_list("reply_id", "language", "text")
    )
    for reply, language, text in rows.iterator():
        variants[reply].append((language, text))
    for one in SavedReply.objects.filter(pk__in=missing):
        index.take(one, variants[one.pk])


def _found(reply: SavedReply, variants: Sequence[tuple[str, str]]) -> Mapping[str, Mapping[str, int]]:
    """Language → word → the best place where it stands. What is in no language stands under none."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for language, text in variants:
        found[language].update(dict.fromkeys(words(plain(text)), TEXT))
    found[""].update(dict.fromkeys(words(" ".join(reply.tags)), TAG))
    for language, title in reply.titles.items():
        found[language].update(dict.fromkeys(words(title), TITLE))
    return found


def _together(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    best: dict[str, int] = {}
    for found in several:
        for word, place in found.items():
            best[word] = max(place, best.get(word, 0))
    return best


def _topics(reply: SavedReply) -> Sequence[str]:
    named = [*((title, language) for language, title in reply.titles.items()), (" ".join(reply.tags), "en")]
    by_words = {topic for text, language in named for topic in topics(text, language)}
    return sorted(by_words | set(OF_SITUATION.get(reply.situation, ())))
