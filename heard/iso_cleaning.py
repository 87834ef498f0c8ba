"""Photographs and films of telephones (HEIC, MP4, MOV) without the place and the words that came with them.

Nothing moves: other parts of the file name their places by number. So what is told of a film becomes free space,
and what is told of a photograph becomes zeros. Which way up it is stands elsewhere, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from heard.image_cleaning import BrokenImage

_TELLING: Final = frozenset({b"udta", b"meta", b"uuid"})
_HOLDING: Final = frozenset({b"moov", b"trak"})
_TOLD: Final = frozenset({b"Exif", b"mime"})  # the camera's words, and XMP
_PHOTOGRAPHS: Final = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"heim", b"heis", b"avif"})


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def cleaned_iso(content: bytes) -> bytes:
    """Raises BrokenImage. What is no such file is given back as it is."""
    if content[4:8] != b"ftyp":
        return content
    left = bytearray(content)
    if content[8:12] in _PHOTOGRAPHS:
        for box in _boxes(content, 0, len(content)):
            if box.kind == b"meta":
                _blank_items(left, box)
    else:
        _free(left, 0, len(content))
    return bytes(left)


def _boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[_Box]:
    while start + 8 <= end:
        size, kind, body = _number(content, start, 4), bytes(content[start + 4 : start + 8]), start + 8
        if size == 1:
            size, body = _number(content, body, 8), body + 8
        closes = start + size if size else end
        if closes < body or closes > end:
            raise BrokenImage
        yield _Box(kind, start, body, closes)
        start = closes


def _free(left: bytearray, start: int, end: int) -> None:
    for box in _boxes(left, start, end):
        if box.kind in _TELLING:
            left[box.start + 4 : box.start + 8] = b"free"
            left[box.body : box.end] = bytes(box.end - box.body)
        elif box.kind in _HOLDING:
            _free(left, box.body, box.end)


def _blank_items(left: bytearray, meta: _Box) -> None:
    inside = {box.kind: box for box in _boxes(left, meta.body + 4, meta.end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    told = _told_items(left, inside[b"iinf"])
    for item, inline, place, length in _places(left, inside[b"iloc"]):
        if item not in told:
            continue
        if inline:
            if b"idat" not in inside:
                raise BrokenImage
            place += inside[b"idat"].body
        if place + length > len(left):
            raise BrokenImage
        left[place : place + length] = bytes(length)


def _told_items(content: bytearray, iinf: _Box) -> set[int]:
    """The numbers of the items that say something of the photograph instead of being a part of it."""
    start = iinf.body + (6 if content[iinf.body] == 0 else 8)
    told = set()
    for box in _boxes(content, start, iinf.end):
        wide = 4 if content[box.body] >= 3 else 2
        item = _number(content, box.body + 4, wide)
        if bytes(content[box.body + 6 + wide : box.body + 10 + wide]) in _TOLD:
            told.add(item)
    return told


def _places(content: bytearray, iloc: _Box) -> Iterator[tuple[int, bool, int, int]]:
    """Of each piece of each item: its item, whether it lies in the table itself, where, and how long it is."""
    version, at = content[iloc.body], iloc.body + 4
    of_place, of_length = divmod(content[at], 16)
    of_base, of_index = divmod(content[at + 1], 16)
    wide = 4 if version == 2 else 2
    items, at = _number(content, at + 2, wide), at + 2 + wide
    for _ in range(items):
        item, at = _number(content, at, wide), at + wide
        inline = bool(version) and _number(content, at, 2) & 15 == 1
        at += 4 if version else 2
        base, at = _number(content, at, of_base), at + of_base
        pieces, at = _number(content, at, 2), at + 2
        for _piece in range(pieces):
            at += of_index if version else 0
            place, length = _number(content, at, of_place), _number(content, at + of_place, of_length)
            at += of_place + of_length
            yield item, inline, base + place, length


def _number(content: bytes | bytearray, at: int, size: int) -> int:
    if at + size > len(content):
        raise BrokenImage
    return int.from_bytes(content[at : at + size])
