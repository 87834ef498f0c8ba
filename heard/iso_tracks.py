"""The boxes of an ISO media file, and those of its tracks that are neither seen nor heard: places, movements, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from heard.image_cleaning import BrokenImage

# Pictures, sound, pictures beside them, and the time of each. A drone writes where it is as subtitles.
_FOR_PEOPLE: Final = frozenset({b"vide", b"soun", b"auxv", b"pict", b"tmcd"})
_DASHBOARD: Final = b"freeGPS "


@dataclass(frozen=True, slots=True)
class Box:
    kind: bytes
    start: int
    body: int
    end: int


def boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """Raises BrokenImage."""
    while start + 8 <= end:
        size, kind, body = number(content, start, 4), bytes(content[start + 4 : start + 8]), start + 8
        if size == 1:
            size, body = number(content, body, 8), body + 8
        closes = start + size if size else end
        if closes < body or closes > end:
            raise BrokenImage
        yield Box(kind, start, body, closes)
        start = closes


def number(content: bytes | bytearray, at: int, size: int) -> int:
    if at + size > len(content):
        raise BrokenImage
    return int.from_bytes(content[at : at + size])


def told_by_tracks(content: bytes) -> tuple[set[int], list[tuple[int, int]]]:
    """Where such tracks begin, and where what they measured lies: place and length of each piece. Raises BrokenImage."""
    starts: set[int] = set()
    pieces: list[tuple[int, int]] = []
    for box in _inside(content, Box(b"", 0, 0, len(content)), b"moov"):
        for track in _inside(content, box, b"trak"):
            if _kind_of(content, track) not in (b"", *_FOR_PEOPLE):
                starts.add(track.start)
                pieces += _chunks(content, track)
        for gps in _inside(content, box, b"gps "):
            pieces += _dashboard(content, gps)
    if any(place + length > len(content) for place, length in pieces):
        raise BrokenImage
    return starts, pieces


def _inside(content: bytes, box: Box, *path: bytes) -> list[Box]:
    """All boxes at the end of that path."""
    found = [box]
    for kind in path:
        found = [one for above in found for one in boxes(content, above.body, above.end) if one.kind == kind]
    return found


def _kind_of(content: bytes, track: Box) -> bytes:
    """Empty where it does not say."""
    named = _inside(content, track, b"mdia", b"hdlr")
    return content[named[0].body + 8 : named[0].body + 12] if named else b""


def _chunks(content: bytes, track: Box) -> Iterator[tuple[int, int]]:
    """Samples lie in chunks; one table says where these begin, another how many are in each, a third how long they are."""
    for table in _inside(content, track, b"mdia", b"minf", b"stbl"):
        known = {box.kind: box for box in boxes(content, table.body, table.end)}
        if not {b"stsz", b"stsc"} <= known.keys():
            continue
        places = _column(content, known[b"stco"], 4) if b"stco" in known else []
        places = _column(content, known[b"co64"], 8) if b"co64" in known else places
        yield from _long(content, known, places)


def _long(content: bytes, known: dict[bytes, Box], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    each, sizes = number(content, known[b"stsz"].body + 4, 4), list[int]()
    if not each:
        sizes = _column(content, known[b"stsz"], 4, before=8)
    done = 0
    for place, many in zip(places, _counts(content, known[b"stsc"], len(places)), strict=True):
        yield place, many * each if each else sum(sizes[done : done + many])
        done += many


def _counts(content: bytes, table: Box, chunks: int) -> list[int]:
    """How many samples are in each chunk. A row holds from its chunk on, until the next row's."""
    told = _column(content, table, 4, per_row=3)
    rows = [(told[at] - 1, told[at + 1]) for at in range(0, len(told), 3)]
    if any(first >= last for (first, _many), (last, _more) in pairwise(rows)):
        raise BrokenImage  # and nobody counts the same chunks a million times
    counts = [0] * chunks
    for (first, many), (last, _many) in pairwise([*rows, (chunks, 0)]):
        for chunk in range(max(first, 0), min(last, chunks)):
            counts[chunk] = many
    return counts


def _column(content: bytes, table: Box, size: int, *, before: int = 4, per_row: int = 1) -> list[int]:
    """The numbers of a table, behind how many rows it has. Raises BrokenImage for more than fit into it."""
    many = number(content, table.body + before, 4) * per_row
    start = table.body + before + 4
    if start + many * size > table.end:
        raise BrokenImage
    return [number(content, start + place * size, size) for place in range(many)]


def _dashboard(content: bytes, table: Box) -> Iterator[tuple[int, int]]:
    """A camera in a car: pairs of place and length, each of a block that names itself."""
    for at in range(table.body + 8, table.end - 7, 8):
        place, length = number(content, at, 4), number(content, at + 4, 4)
        if content[place + 4 : place + 12] == _DASHBOARD:
            yield place + 12, max(length - 12, 0)
