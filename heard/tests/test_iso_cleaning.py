"""Films and photographs of telephones: nothing moves, and nothing tells where they were taken."""

from __future__ import annotations

import struct

import pytest

from heard.image_cleaning import BrokenImage
from heard.iso_cleaning import cleaned_iso

SECRET = b"+50.0870+014.4210/"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def a_film() -> bytes:
    track = box(b"trak", box(b"tkhd", b"\0" * 84), box(b"udta", SECRET))
    told = box(b"udta", box(b"\xa9xyz", SECRET)), box(b"meta", SECRET)
    film = box(b"moov", box(b"mvhd", b"\0" * 100), track, *told)
    # The last box reaches to the end, as a size of none says; one has a long size.
    long = struct.pack(">I", 1) + b"uuid" + struct.pack(">Q", 16 + len(SECRET)) + SECRET
    return box(b"ftyp", b"isom\0\0\0\0") + film + long + struct.pack(">I", 0) + b"mdat" + b"pictures"


def a_photograph(*, inline: bool) -> bytes:
    """Two items: the picture, and what the camera wrote of it."""
    head = box(b"ftyp", b"heic\0\0\0\0")

    def items(place: int) -> bytes:
        infe = [
            box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", number, 0) + kind + b"\0")
            for number, kind in ((1, b"hvc1"), (2, b"Exif"))
        ]
        iinf = box(b"iinf", b"\0\0\0\0" + struct.pack(">H", 2), *infe)
        where = [
            struct.pack(">HHHH", 1, 0, 0, 1) + struct.pack(">II", place, 7),
            struct.pack(">HHHH", 2, int(inline), 0, 1)
            + struct.pack(">II", 0 if inline else place + 7, len(SECRET)),
        ]
        iloc = box(b"iloc", b"\x01\0\0\0" + b"\x44\x00" + struct.pack(">H", 2), *where)
        return box(b"meta", b"\0\0\0\0", iinf, iloc, box(b"idat", SECRET if inline else b""))

    place = len(head) + len(items(0)) + 8
    return head + items(place) + box(b"mdat", b"picture", b"" if inline else SECRET)


@pytest.mark.parametrize("told", [a_film(), a_photograph(inline=False), a_photograph(inline=True)])
def test_what_it_tells_is_gone_and_all_else_stays_where_it_was(told: bytes) -> None:
    left = cleaned_iso(told)

    assert SECRET in told
    assert SECRET not in left
    assert b"picture" in left
    assert len(left) == len(told)
    changed = [place for place, (one, other) in enumerate(zip(told, left, strict=True)) if one != other]
    allowed = told
    for word in (box(b"\xa9xyz", SECRET), SECRET, b"udta", b"meta", b"uuid"):
        allowed = allowed.replace(word, b"\xee" * len(word))
    assert all(allowed[place] == 0xEE for place in changed)
    assert cleaned_iso(left) == left


def test_what_is_cut_short_or_nothing_of_this_is_told_apart() -> None:
    assert cleaned_iso(b"%PDF-1.4 hello") == b"%PDF-1.4 hello"
    for whole in (a_film(), a_photograph(inline=False)):
        for end in range(30, len(whole) - 12, 5):
            try:
                left = cleaned_iso(whole[:end])
            except BrokenImage:
                continue
            assert SECRET not in left
