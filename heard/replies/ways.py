"""A way of saying something: in which language, how, to whom, and how much of it. Knows no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

# What is nearest to a way that its source does not have. Who reads decides most of what is said (the public gets
# nothing personal), then how much; in many languages formality hardly shows, so it is given up first.
NEAREST_AUDIENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "public": ("public", "private", "email"),
    "private": ("private", "email", "public"),
    "email": ("email", "private", "public"),
}
NEAREST_LENGTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "short": ("short", "normal", "long"),
    "normal": ("normal", "long", "short"),
    "long": ("long", "normal", "short"),
}
NEAREST_FORMALITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "formal": ("formal", "informal"),
    "informal": ("informal", "formal"),
}


class BadWay(ValueError):
    """Not a way that anything can be said in."""


@dataclass(frozen=True, slots=True, order=True)
class Way:
    language: str
    formality: str
    audience: str
    length: str = "normal"

    def __str__(self) -> str:
        return "-".join((self.language, self.formality, self.audience, self.length))

    @property
    def kind(self) -> tuple[str, str, str]:
        """The same in every language."""
        return (self.formality, self.audience, self.length)


def way_named(name: str, languages: Collection[str]) -> Way:
    """What `str` of a way reads. Raises BadWay."""
    parts = name.split("-")
    known = (languages, NEAREST_FORMALITIES, NEAREST_AUDIENCES, NEAREST_LENGTHS)
    if len(parts) != len(known) or any(part not in some for part, some in zip(parts, known, strict=True)):
        raise BadWay(name)
    return Way(*parts)


def sources(way: Way, source: str) -> Iterator[Way]:
    """Which ways of the source language this one may be made from, the nearest first."""
    for audience in NEAREST_AUDIENCES[way.audience]:
        for length in NEAREST_LENGTHS[way.length]:
            for formality in NEAREST_FORMALITIES[way.formality]:
                yield Way(source, formality, audience, length)


def source_of(way: Way, said: Collection[Way], source: str) -> Way | None:
    """The one that this way is a translation of; none for the source's own."""
    if way.language == source:
        return None
    return next((one for one in sources(way, source) if one in said), None)
