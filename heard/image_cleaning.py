"""Pictures without what their camera wrote into them: place, time, device, owner, thumbnails, remarks.

Nothing is drawn anew: the picture itself stays bit for bit. Which way up a photograph is stays too, and so does
its colour profile; both change what is seen.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from heard.images import image_type

_EXIF: Final = b"Exif\x00\x00"
_ORIENTATION: Final = 0x0112
_KEPT_CHUNKS: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI bKGD pHYs sBIT hIST sPLT acTL fcTL fdAT".split()
)
_ANIMATION: Final = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})
_NO_EXIF_NO_XMP: Final = 0b1111_0011  # of the flags of an extended WebP


class BrokenImage(Exception):
    """The file does not hold what it promises."""


def cleaned(content: bytes) -> bytes:
    """Raises BrokenImage. What is no image of a known kind is given back as it is."""
    clean = {
        "image/jpeg": _jpeg,
        "image/png": _png,
        "image/gif": _gif,
        "image/webp": _webp,
    }.get(image_type(content[:16]) or "")
    try:
        return clean(content) if clean else content
    except (struct.error, IndexError) as error:
        raise BrokenImage from error


# ── JPEG ──


def _jpeg(content: bytes) -> bytes:
    """Everything behind the end is dropped too: some cameras put a second picture there."""
    kept, turned = [b"\xff\xd8"], 1
    for marker, segment in _segments(content):
        if marker == 0xE1 and segment[4:].startswith(_EXIF):
            turned = _orientation(segment[4 + len(_EXIF) :])
        elif _is_kept(marker, segment[4:]):
            kept.append(segment)
    if turned != 1:
        kept.insert(2 if len(kept) > 1 and kept[1][1] == 0xE0 else 1, _turned(turned))
    return b"".join(kept) + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with all that belongs to it, up to the end of the image."""
    place = 2
    while True:
        if content[place] != 0xFF:
            raise BrokenImage
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            return
        length = int.from_bytes(content[place + 2 : place + 4])
        if length < 2 or place + 2 + length > len(content):
            raise BrokenImage
        end = place + 2 + length
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        yield marker, content[place:end]
        if end >= len(content):
            return  # cut short by whoever made it; browsers show what there is
        place = end


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the drawn part ends: at a marker that is neither a filling nor a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        follows = content[place + 1]
        if follows == 0xFF:
            place += 1
        elif follows == 0x00 or 0xD0 <= follows <= 0xD7:
            place += 2
        else:
            return place


def _is_kept(marker: int, body: bytes) -> bool:
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\x00")
    if marker in (0xE0, 0xEE):
        return body.startswith((b"JFIF\x00", b"Adobe"))
    return marker != 0xFE and not 0xE0 <= marker <= 0xEF


def _orientation(tiff: bytes) -> int:
    """1 to 8; 1 where nothing is said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (place,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, place)
        for number in range(min(count, 200)):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, place + 2 + number * 12)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turned(orientation: int) -> bytes:
    """An Exif segment that says this and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    body = _EXIF + b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# ── the others ──


def _png(content: bytes) -> bytes:
    kept, place = [content[:8]], 8
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind, end = content[place + 4 : place + 8], place + 12 + length
        if end > len(content):
            raise BrokenImage
        if kind in _KEPT_CHUNKS:
            kept.append(content[place:end])
        if kind == b"IEND":
            return b"".join(kept)
        place = end
    raise BrokenImage


def _webp(content: bytes) -> bytes:
    kept, place = [], 12
    while place + 8 <= len(content):
        kind = content[place : place + 4]
        (length,) = struct.unpack_from("<I", content, place + 4)
        end = place + 8 + length + length % 2
        if place + 8 + length > len(content):
            raise BrokenImage
        chunk = content[place:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & _NO_EXIF_NO_XMP]) + chunk[9:]
        if kind in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            kept.append(chunk)
        place = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(content: bytes) -> bytes:
    place = 13 + _colours(content[10])
    kept = [content[:place]]
    while (kind := content[place]) != 0x3B:
        if kind == 0x2C:
            end = _end_of_blocks(content, place + 10 + _colours(content[place + 9]) + 1)
            kept.append(content[place:end])
        elif kind == 0x21:
            end = _end_of_blocks(content, place + 2)
            if _changes_what_is_seen(content, place):
                kept.append(content[place:end])
        else:
            raise BrokenImage
        place = end
    return b"".join(kept) + b"\x3b"


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 * 2 ** ((flags & 0x07) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, place: int) -> int:
    while content[place]:
        place += 1 + content[place]
    return place + 1


def _changes_what_is_seen(content: bytes, place: int) -> bool:
    """How long a picture of an animation stands, and how often it plays; not remarks, not XMP."""
    label = content[place + 1]
    return label in (0xF9, 0x01) or (label == 0xFF and content[place + 3 : place + 14] in _ANIMATION)
