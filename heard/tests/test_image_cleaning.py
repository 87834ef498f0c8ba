"""Pictures leave without what their camera wrote into them, and otherwise bit for bit."""

from __future__ import annotations

import struct
import zlib

import pytest

from heard.image_cleaning import BrokenImage, cleaned
from heard.images import image_size
from heard.publishing.tests.paper import a_jpeg, a_png

SECRET = b"N 50.087 E 14.421 taken by Jana"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = "<") -> bytes:
    """With the place behind it, as cameras write it."""
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}IH", 8, 1)
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\x00\x00" + head + entry + bytes(4) + SECRET)


def with_segments(*segments: bytes, scan: bytes = b"") -> bytes:
    plain = a_jpeg()
    return plain[:20] + b"".join(segments) + plain[20:-2] + scan + plain[-2:]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_nothing_of_what_a_camera_wrote_stays_in_a_jpeg() -> None:
    profile = segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours")
    scan = segment(0xDA, b"\x01\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    told = with_segments(
        exif(1),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET),
        segment(0xED, b"Photoshop 3.0\x00" + SECRET),
        segment(0xFE, SECRET),
        segment(0xE2, b"MPF\x00" + SECRET),
        profile,
        scan=scan,
    )

    left = cleaned(told + b"\xff\xd8" + exif(1) + b"a second picture behind the first")

    assert SECRET not in left
    assert left == with_segments(profile, scan=scan)
    assert cleaned(left) == left


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photograph_stays_the_right_way_up(order: str) -> None:
    left = cleaned(with_segments(exif(6, order)))

    assert SECRET not in left
    assert image_size(left) == (40, 30)
    assert left.count(b"Exif") == 1
    assert left[20:22] == b"\xff\xe1", "behind the JFIF head"
    assert cleaned(left) == left


def test_nothing_but_the_picture_stays_in_a_png() -> None:
    plain = a_png()
    told = (
        plain[:33] + chunk(b"tEXt", SECRET) + chunk(b"eXIf", SECRET) + chunk(b"tIME", bytes(7)) + plain[33:]
    )

    assert cleaned(told + SECRET) == plain


def test_nothing_but_the_picture_stays_in_a_webp() -> None:
    def riff(*chunks: bytes) -> bytes:
        body = b"WEBP" + b"".join(chunks)
        return b"RIFF" + struct.pack("<I", len(body)) + body

    def part(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)

    size = (39).to_bytes(3, "little") + (29).to_bytes(3, "little")
    picture = part(b"VP8 ", bytes(20))
    told = riff(
        part(b"VP8X", b"\x0c\x00\x00\x00" + size), picture, part(b"EXIF", SECRET), part(b"XMP ", SECRET)
    )

    assert cleaned(told) == riff(part(b"VP8X", b"\x00\x00\x00\x00" + size), picture)
    assert image_size(cleaned(told)) == (40, 30)


def test_remarks_go_from_a_gif_and_its_movement_stays() -> None:
    head = b"GIF89a" + struct.pack("<HH", 2, 2) + b"\x80\x00\x00" + bytes(6)
    loop = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    frame = (
        b"!\xf9\x04\x00\x0a\x00\x00\x00" + b"," + struct.pack("<HHHH", 0, 0, 2, 2) + b"\x00\x02\x02D\x01\x00"
    )
    remark = b"!\xfe" + bytes([len(SECRET)]) + SECRET + b"\x00"
    xmp = b"!\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\x00"

    assert cleaned(head + remark + loop + xmp + frame + b";" + SECRET) == head + loop + frame + b";"


def test_what_is_no_picture_stays_as_it_is_and_what_is_broken_is_refused() -> None:
    assert cleaned(b"%PDF-1.4") == b"%PDF-1.4"
    for broken in (a_png()[:-6], a_png()[:20], a_jpeg()[:3] + b"\x00" * 10, b"GIF89a" + bytes(8)):
        with pytest.raises(BrokenImage):
            cleaned(broken)


@pytest.mark.parametrize("whole", [a_jpeg(), a_png(), with_segments(exif(3))], ids=["jpeg", "png", "exif"])
def test_a_torn_picture_is_refused_or_shortened_and_never_anything_else(whole: bytes) -> None:
    for end in range(12, len(whole)):
        try:
            assert SECRET not in cleaned(whole[:end])
        except BrokenImage:
            continue
