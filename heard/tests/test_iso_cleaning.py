"""Films and photographs of telephones: nothing moves, and nothing tells where they were taken."""

from __future__ import annotations

import struct

import pytest

from heard.customer_files import without_traces
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


def a_measured_film(kind: bytes, *, wide: bool = False, dashboard: bool = False) -> bytes:
    """Two tracks in turns, as cameras write them: a picture, what was measured, a picture, what was measured."""
    head, halves = box(b"ftyp", b"qt  \0\0\0\0"), (SECRET[:9], SECRET[9:])

    def film(place: int) -> bytes:
        def track(handler: bytes, places: list[int], sizes: list[int]) -> bytes:
            where = box(b"co64" if wide else b"stco", b"\0" * 4, struct.pack(">I", 2))
            where = (
                where[:4] + where[4:] + b"".join(struct.pack(">Q" if wide else ">I", one) for one in places)
            )
            where = struct.pack(">I", len(where)) + where[4:]
            long = box(b"stsz", b"\0" * 8, struct.pack(">I", 2), *(struct.pack(">I", one) for one in sizes))
            many = box(b"stsc", b"\0" * 4, struct.pack(">IIII", 1, 1, 1, 1))
            named = box(b"hdlr", b"\0" * 4, b"mhlr", handler, b"\0" * 12)
            return box(b"trak", box(b"mdia", named, box(b"minf", box(b"stbl", where, long, many))))

        seen = track(b"vide", [place, place + 16], [7, 7])
        measured = track(kind, [place + 7, place + 23], [9, 9])
        at = struct.pack(">II", place + 32, 12 + len(SECRET))
        return box(b"moov", seen, *([] if dashboard else [measured]), box(b"gps ", b"\0" * 8, at))

    place = len(head) + len(film(0)) + 8
    tail = b"\0\0\0\0freeGPS " + SECRET
    shown = (b"picture", halves[0], b"picture", halves[1]) if not dashboard else (b"picture" * 4, b"....")
    return head + film(place) + box(b"mdat", *shown, tail)


@pytest.mark.parametrize(("kind", "wide"), [(b"meta", False), (b"camm", True), (b"text", False)])
def test_a_track_that_measures_the_way_is_gone_and_the_pictures_are_not(kind: bytes, wide: bool) -> None:
    told = a_measured_film(kind, wide=wide)
    left = cleaned_iso(told)

    assert SECRET[:9] in told
    assert SECRET[:9] not in left
    assert SECRET[9:] not in left
    assert left.count(b"picture") == 2
    assert (len(left), left.count(b"trak"), left.count(b"gps ")) == (len(told), 1, 0)
    assert cleaned_iso(left) == left
    assert cleaned_iso(a_measured_film(b"soun")).count(b"trak") == 2
    assert SECRET not in cleaned_iso(a_measured_film(b"", dashboard=True))


def test_tables_that_promise_more_than_there_is_are_refused() -> None:
    told = a_measured_film(b"meta")
    for table, count in ((b"stsz", 12), (b"stsc", 8), (b"stco", 8)):
        place = told.rindex(table) + count
        with pytest.raises(BrokenImage):
            cleaned_iso(told[:place] + b"\xff" * 4 + told[place + 4 :])
    nested = b""
    for _deep in range(3_000):
        nested = box(b"moov", nested)
    with pytest.raises(BrokenImage):
        without_traces(box(b"ftyp", b"isom\0\0\0\0") + nested)


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
