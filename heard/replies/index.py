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
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final, Self, TypeVar

from django.db.models import Count, Max

from heard.language.folded import folded, is_greek, sound_of_greek
from heard.replies.cues import topics
from heard.replies.models import SavedReply, Situation, Variant, title_in
from heard.replies.terms import SHORTEST, STEM, plain, words
from heard.workspaces.models import Workspace

TEXT, TAG, TITLE = 1, 2, 3
SOUND: Final = "~"  # before a Greek word as it sounds
TOPIC: Final = "#"  # before a topic
MOST_WORKSPACES: Final = 50
MOST_BEFOREHAND: Final = 5  # workspaces: a process with many of them learns the others as they are asked for
WORTH_WHILE: Final = 20  # replies
WASTE: Final = 0.3
LAST_LATIN: Final = "\u036f"  # a letter after it may be Greek
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
K = TypeVar("K")
Postings = defaultdict[K, "array[int]"]
_NONE: Final = partial(array, "L")


@dataclass(slots=True)
class Entry:
    """One reply as it was read. `slot` is its number in the index: a changed reply gets a new one."""

    stamp: Stamp
    slot: int
    shortcut: str
    titles: Sequence[str]  # folded
    titled: Mapping[str, str]
    source_language: str
    block: str
    lengths: dict[str, int] = field(default_factory=dict)  # language → stems
    orders: dict[str, str] = field(default_factory=dict)  # language of who reads → title, folded

    def order_in(self, language: str) -> str:
        """By which it stands in a list. Thousands are folded for each list otherwise."""
        if language not in self.orders:
            self.orders[language] = folded(title_in(language, self.titled, self.source_language))
        return self.orders[language]


@dataclass(slots=True)
class Index:
    entries: dict[int, Entry] = field(default_factory=dict)
    of_slot: list[int] = field(default_factory=list)  # slot → reply, 0 where nothing is any more
    words: Postings[str] = field(
        default_factory=lambda: defaultdict(_NONE)
    )  # word → slot and place, in one number
    stems: Postings[tuple[str, str]] = field(
        default_factory=lambda: defaultdict(_NONE)
    )  # the same by language and stem
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # language → replies
    lengths: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # language → stems of all
    state: object = None
    _ordered: list[str] | None = None

    def beginning_with(self, start: str) -> Iterator[array[int]]:
        return (postings for _word, postings in self.words_beginning_with(start))

    def words_beginning_with(self, start: str) -> Iterator[tuple[str, array[int]]]:
        if self._ordered is None:
            self._ordered = sorted(self.words)
        at = bisect.bisect_left(self._ordered, start)
        while at < len(self._ordered) and self._ordered[at].startswith(start):
            yield self._ordered[at], self.words[self._ordered[at]]
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
            titled=reply.titles,
            source_language=reply.source_language,
            block=reply.block,
        )
        said = _Said.of(reply, variants)
        postings, here = self.words, slot << 2
        for word, place in said.everywhere().items():  # a million times and more: nothing is called here
            postings[word].append(here | place)
            if word[0] > LAST_LATIN and is_greek(word):
                postings[SOUND + sound_of_greek(word)].append(here | place)
        about = dict.fromkeys((TOPIC + topic for topic in _topics(reply)), TITLE)
        for language in said.texts:
            self._count(language, slot, {**said.stems_in(language), **about})
        self._ordered = None

    def compacted(self) -> Index:
        """Without what is forgotten, and without reading anything again."""
        slots = {}
        packed = Index(of_slot=[], counts=self.counts, lengths=self.lengths)
        for slot, pk in enumerate(self.of_slot):
            if pk:
                slots[slot] = len(packed.of_slot)
                packed.of_slot.append(pk)
                packed.entries[pk] = replace(self.entries[pk], slot=slots[slot])
        packed.words.update((key, kept) for key, one in self.words.items() if (kept := _moved(one, slots)))
        packed.stems.update((key, kept) for key, one in self.stems.items() if (kept := _moved(one, slots)))
        return packed

    def _count(self, language: str, slot: int, short: Mapping[str, int]) -> None:
        entry, postings, here = self.entries[self.of_slot[slot]], self.stems, slot << 2
        for key, place in short.items():
            postings[language, key].append(here | place)
        entry.lengths[language] = len(short)
        self.counts[language] += 1
        self.lengths[language] += len(short)


@dataclass(slots=True)
class _Said:
    """The words of one reply by where they stand. Later places are better, so they are laid over the earlier."""

    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by language
    titles: dict[str, list[str]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, reply: SavedReply, variants: Sequence[tuple[str, str]]) -> Self:
        said = cls(tags=words(" ".join(reply.tags)))
        for language, text in variants:
            said.texts[language].update(words(plain(text)))
        said.titles = {language: words(title) for language, title in reply.titles.items()}
        return said

    def everywhere(self) -> dict[str, int]:
        found = dict.fromkeys(set().union(*self.texts.values()), TEXT)
        found.update(dict.fromkeys(self.tags, TAG))
        found.update(dict.fromkeys((word for title in self.titles.values() for word in title), TITLE))
        return found

    def stems_in(self, language: str) -> dict[str, int]:
        found = dict.fromkeys(_stems(self.texts[language]), TEXT)
        found.update(dict.fromkeys(_stems(self.tags), TAG))
        found.update(dict.fromkeys(_stems(self.titles.get(language, ())), TITLE))
        return found


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


def read_beforehand() -> None:
    """Where many replies are, whoever opens the picker first would wait for seconds. The largest first."""
    counted = SavedReply.objects.filter(archived_at=None).values("workspace").annotate(replies=Count("pk"))
    largest = counted.filter(replies__gte=WORTH_WHILE).order_by("-replies")[:MOST_BEFOREHAND]
    for workspace in Workspace.objects.filter(pk__in=[row["workspace"] for row in largest]):
        with index_of(workspace):
            pass


def _brought_up_to_date(index: Index, workspace: Workspace) -> Index:
    here = SavedReply.objects.filter(workspace=workspace, archived_at=None)
    state = tuple(here.aggregate(Count("pk"), Max("pk"), Max("changed_at")).values())
    if state == index.state:
        return index
    stamps = {pk: (version, at) for pk, version, at in here.values_list("pk", "version", "changed_at")}
    if len(index.of_slot) > 100 and len(index.of_slot) * (1 - WASTE) > len(stamps):
        index = index.compacted()
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


def _stems(found: Iterable[str]) -> list[str]:
    return [word[:STEM] for word in found if len(word) >= SHORTEST]


def _moved(postings: array[int], slots: Mapping[int, int]) -> array[int]:
    return array("L", [slots[one >> 2] << 2 | one & TITLE for one in postings if one >> 2 in slots])


def _topics(reply: SavedReply) -> Sequence[str]:
    named = [*((title, language) for language, title in reply.titles.items()), (" ".join(reply.tags), "en")]
    by_words = {topic for text, language in named for topic in topics(text, language)}
    return sorted(by_words | set(OF_SITUATION.get(reply.situation, ())))
