"""The header block of a mail or of one of its parts: cut by our own hand, for a parser may choke on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_BLOCK: Final = 64 * 1024
MAX_FIELD: Final = 16 * 1024
MAX_LOOKED_AT: Final = 4 * 1024 * 1024
MAX_LINES: Final = 100_000

_LINE: Final = re.compile(rb"([^\r\n]*)(\r\n|\n|\r|\Z)")
_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_MBOX: Final = re.compile(rb"\s*>?From [^\r\n]*(?:\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class Headers:
    """Names are in lower case, values unfolded and as they came. `too_large`: not all of it is here."""

    fields: tuple[tuple[str, bytes], ...] = ()
    too_large: bool = False

    def all(self, name: str) -> list[bytes]:
        return [value for field, value in self.fields if field == name]

    def first(self, name: str) -> bytes:
        return next((value for field, value in self.fields if field == name), b"")

    def word(self, name: str) -> str:
        """The first value as plain letters, for what a machine wrote."""
        return _CONTROLS.sub("", self.first(name)[:1000].decode("latin-1")).strip()

    def __contains__(self, name: str) -> bool:
        return any(field == name for field, _ in self.fields)


def cut(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The headers between two places, and the place where the body begins."""
    if raw[start : start + 2] == b"\r\n":
        return Headers(), start + 2
    if raw[start : start + 1] in (b"\n", b"\r"):
        return Headers(), start + 1
    block_end, body = _blank_line(raw, start, end)
    fields, stopped = _fields(raw, start, min(block_end, start + MAX_LOOKED_AT), lenient=body > 0)
    if not fields:
        return Headers(), start
    kept, too_large = _within_bounds(fields)
    too_large = too_large or block_end - start > MAX_BLOCK
    return Headers(kept, too_large), body or stopped


def head_of(raw: bytes) -> bytes:
    """The headers without the body, as far as they may go."""
    start = begins_at(raw)
    block_end, _ = _blank_line(raw, start, min(len(raw), start + MAX_BLOCK))
    return raw[start:block_end] + b"\r\n\r\n"


def begins_at(raw: bytes) -> int:
    """Past the line that a mailbox file puts before each mail, and past empty lines."""
    if found := _MBOX.match(raw):
        return found.end()
    return len(raw) - len(raw.lstrip(b"\r\n")) if raw[:1] in (b"\r", b"\n") else 0


def _blank_line(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the headers end and where the body begins; without an empty line the end, and 0."""
    first = end
    for ends in (b"\n\r", b"\n\n", b"\r\r"):
        found = raw.find(ends, start, min(end, first + 1))
        first = found if found >= 0 else first
    if first >= end:
        return end, 0
    body = first + 2
    if raw[body - 1 : body + 1] == b"\r\n":
        body += 1
    return (first - 1 if raw[first - 1 : first + 1] == b"\r\n" else first), min(body, end)


def _fields(raw: bytes, start: int, end: int, *, lenient: bool) -> tuple[list[tuple[str, bytes]], int]:
    """`lenient`: a line that is no field is passed over; otherwise the body begins with it."""
    fields: list[tuple[str, list[bytes]]] = []
    place = start
    for _ in range(MAX_LINES):
        line = _LINE.match(raw, place, end)
        if line is None or line.end() == place:
            break
        content = line[1]
        if content[:1] in (b" ", b"\t"):
            if fields:
                fields[-1][1].append(content.strip())
        elif field := _FIELD.fullmatch(content):
            fields.append((field[1].decode("ascii").lower(), [field[2].strip()]))
        elif not fields or not lenient:
            return _joined(fields), place
        place = line.end()
    return _joined(fields), place


def _joined(fields: list[tuple[str, list[bytes]]]) -> list[tuple[str, bytes]]:
    return [(name, b" ".join(lines)) for name, lines in fields]


def _within_bounds(fields: list[tuple[str, bytes]]) -> tuple[tuple[tuple[str, bytes], ...], bool]:
    kept, room, too_large = [], MAX_BLOCK, False
    for name, value in fields:
        short = value[:MAX_FIELD]
        too_large = too_large or len(short) < len(value) or len(short) > room
        if len(short) <= room:
            kept.append((name, short))
            room -= len(short) + len(name)
    return tuple(kept), too_large
