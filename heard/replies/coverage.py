"""Which reply says what in which language: there, stale or missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from heard.replies.facts import LANGUAGES
from heard.replies.models import SavedReply
from heard.replies.stale import Said, stale_ways
from heard.replies.variants import said_by
from heard.replies.ways import Way


class State(StrEnum):
    THERE = "there"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Cell:
    """One reply in one language. `states` has each formality and audience that the reply has anywhere."""

    language: str
    states: Mapping[tuple[str, str], State]

    @property
    def there(self) -> int:
        return sum(state != State.MISSING for state in self.states.values())

    @property
    def state(self) -> State:
        """The worst of it; missing only where nothing is there."""
        if not self.there:
            return State.MISSING
        return State.STALE if State.STALE in self.states.values() else State.THERE

    @property
    def is_whole(self) -> bool:
        return self.there == len(self.states)


@dataclass(frozen=True, slots=True)
class Row:
    reply: SavedReply
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Total:
    """Of one language, counted in variants."""

    language: str
    there: int
    stale: int
    missing: int


def coverage(replies: Iterable[SavedReply]) -> list[Row]:
    """Their variants have to be prefetched."""
    return [Row(reply, _cells(said_by(reply.variants.all()), reply.source_language)) for reply in replies]


def totals(rows: Iterable[Row]) -> list[Total]:
    counted = {language: dict.fromkeys(State, 0) for language in LANGUAGES}
    for row in rows:
        for cell in row.cells:
            for state in cell.states.values():
                counted[cell.language][state] += 1
    return [
        Total(language, counts[State.THERE], counts[State.STALE], counts[State.MISSING])
        for language, counts in counted.items()
    ]


def _cells(said: Mapping[Way, Said], source: str) -> list[Cell]:
    stale = stale_ways(said, source)
    kinds = sorted({(way.formality, way.audience) for way in said})
    return [
        Cell(language, {kind: _state(said, stale, language, kind) for kind in kinds})
        for language in LANGUAGES
    ]


def _state(said: Mapping[Way, Said], stale: frozenset[Way], language: str, kind: tuple[str, str]) -> State:
    """Whatever its length: a short form alone is an answer, too."""
    there = [way for way in said if way.language == language and (way.formality, way.audience) == kind]
    if not there:
        return State.MISSING
    return State.STALE if stale.intersection(there) else State.THERE
