"""What a saved reply's text consists of, once it has been read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """To be said as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Plain:
    """{company}"""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """The # of a plural: its number."""

    name: str


@dataclass(frozen=True, slots=True)
class Plural:
    """{delivery_days, plural, one {…} other {…}}"""

    name: str
    cases: Mapping[str, Parts]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Select:
    """{agent.gender, select, female {…} other {…}}"""

    name: str
    cases: Mapping[str, Parts]
    start: int
    end: int


Part = Words | Plain | Number | Plural | Select
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text that can be filled in."""

    text: str
    parts: Parts


def names_of(parts: Parts) -> Iterator[str]:
    """In order of appearance, as often as they appear."""
    for part in parts:
        if isinstance(part, Plain):
            yield part.name
        elif isinstance(part, Plural | Select):
            yield part.name
            for case in part.cases.values():
                yield from names_of(case)
