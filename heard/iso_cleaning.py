"""Photographs and films of telephones (HEIC, MP4, MOV) without the place and the words that came with them.

Nothing moves: other parts of the file name their places by number. So what is told of a film becomes free space,
and what is told of a photograph becomes zeros. Which way up it is stands elsewhere, and stays. Some cameras measure where
they are all the while, in a track of the film; it becomes free space, and what it had measured zeros.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from heard.image_cleaning import BrokenImage
from heard.iso_tracks import Box, boxes, number, told_by_tracks

_TELLING: Final = frozenset({b"udta", b"meta", b"uuid", b"gps "})
_HOLDING: Final = frozenset({b"moov", b"trak"})
_TOLD: Final = frozenset({b"Exif", b"mime"})  # the camera's words, and XMP
_PHOTOGRAPHS: Final = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"heim", b"heis", b"avif"})


def cleaned_iso(content: bytes) -> bytes:
    """Raises BrokenImage. What is no such file is given back as it is."""
    if content[4:8] != b"ftyp":
        return content
    left = bytearray(content)
    if content[8:12] in _PHOTOGRAPHS:
        for box in boxes(content, 0, len(content)):
            if box.kind == b"meta":
                _blank_items(left, box)
    else:
        tracks, pieces = told_by_tracks(content)
        _free(left, 0, len(content), tracks)
        for place, length in pieces:
            left[place : place + length] = bytes(length)
    return bytes(left)


def _free(left: bytearray, start: int, end: int, tracks: Container[int]) -> None:
    """`tracks`: where those begin that are neither seen nor heard."""
    for box in boxes(left, start, end):
        if box.kind in _TELLING or box.start in tracks:
            left[box.start + 4 : box.start + 8] = b"free"
            left[box.body : box.end] = bytes(box.end - box.body)
        elif box.kind in _HOLDING:
            _free(left, box.body, box.end, tracks)


def _blank_items(left: bytearray, meta: Box) -> None:
    inside = {box.kind: box for box in boxes(left, meta.body + 4, meta.end)}
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


def _told_items(content: bytearray, iinf: Box) -> set[int]:
    """The numbers of the items that say something of the photograph instead of being a part of it."""
    start = iinf.body + (6 if content[iinf.body] == 0 else 8)
    told = set()
    for box in boxes(content, start, iinf.end):
        wide = 4 if content[box.body] >= 3 else 2
        item = number(content, box.body + 4, wide)
        if bytes(content[box.body + 6 + wide : box.body + 10 + wide]) in _TOLD:
            told.add(item)
    return told


def _places(content: bytearray, iloc: Box) -> Iterator[tuple[int, bool, int, int]]:
    """Of each piece of each item: its item, whether it lies in the table itself, where, and how long it is."""
    version, at = content[iloc.body], iloc.body + 4
    of_place, of_length = divmod(content[at], 16)
    of_base, of_index = divmod(content[at + 1], 16)
    wide = 4 if version == 2 else 2
    items, at = number(content, at + 2, wide), at + 2 + wide
    for _ in range(items):
        item, at = number(content, at, wide), at + wide
        inline = bool(version) and number(content, at, 2) & 15 == 1
        at += 4 if version else 2
        base, at = number(content, at, of_base), at + of_base
        pieces, at = number(content, at, 2), at + 2
        for _piece in range(pieces):
            at += of_index if version else 0
            place, length = number(content, at, of_place), number(content, at + of_place, of_length)
            at += of_place + of_length
            yield item, inline, base + place, length
