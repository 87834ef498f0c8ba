"""Outlook's winmail.dat, taken apart. Its reader is a stranger's: whatever it raises, the file itself stays."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final

from tnefparse import TNEF

from heard.channels.email.letters import decoded, one_line, tidy
from heard.channels.email.mail import MAX_NAME

TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
MAX_FILES: Final = 100
_MAX_SIZE: Final = 40_000_000
_MAX_CHUNKS: Final = 5_000
_MAX_WORK: Final = 10_000_000_000  # for each chunk the reader copies all that comes after it

# It writes about every broken file, and of those there are many.
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Unpacked:
    text: str = ""
    html: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


def unpack(content: bytes) -> Unpacked:
    """Nothing where it cannot be read."""
    if len(content) > _MAX_SIZE or _chunks(content) * len(content) > _MAX_WORK:
        return Unpacked()
    try:
        read = TNEF(content, do_checksum=False)
        files = tuple((_name(one), one.data) for one in read.attachments[:MAX_FILES])
        return Unpacked(
            _text(read.body, read.codepage),
            _text(read.htmlbody, read.codepage),
            tuple(f for f in files if isinstance(f[1], bytes)),
        )
    except Exception:  # it was written for files that are whole, and any of its lines may fail on others
        return Unpacked()


def _chunks(content: bytes) -> int:
    """How many there are: each has 9 bytes before it and 2 after."""
    place, count = 6, 0
    while place + 9 <= len(content):
        place += 11 + int.from_bytes(content[place + 5 : place + 9], "little")
        count += 1
        if count > _MAX_CHUNKS:
            return _MAX_WORK
    return count


def _name(attachment: Any) -> str:
    try:
        name = attachment.long_filename()
    except Exception:  # as above: a bad name must not cost the file
        name = ""
    text = decoded(name) if isinstance(name, bytes) else str(name)
    return one_line(text.replace("/", "_").replace("\\", "_"), most=MAX_NAME).strip(". ")


def _text(body: Any, codepage: object) -> str:
    if isinstance(body, list | tuple):
        body = body[0] if body else ""
    return tidy(decoded(body, str(codepage or "")) if isinstance(body, bytes) else str(body or ""))
