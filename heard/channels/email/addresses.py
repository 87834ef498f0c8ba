"""Addresses as mails name them. Strict about what an address is, for a wrong one is answered or believed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from heard.channels.email.letters import decoded, one_line, words_read
from heard.channels.email.mail import MAX_ADDRESS, MAX_ADDRESSES, MAX_ID, MAX_NAME, Address

_TOKEN: Final = re.compile(
    r'(?P<quoted>"(?:[^"\\]|\\.)*+"?)|(?P<angle><[^<>]*+>?)|(?P<comment>\((?:[^()\\]|\\.)*+\)?)'
    r'|(?P<sign>[,;:])|(?P<text>[^"<(,;:]++)'
)
_ADDRESS: Final = re.compile(
    r"""(?:[^\s<>()\[\]\\,;:"@\x00-\x1f\x7f\ud800-\udfff]{1,200}|"[^"\\\x00-\x1f\x7f\ud800-\udfff]{1,100}")"""
    r"""@[^\s<>()\\,;:"@\x00-\x1f\x7f\ud800-\udfff]{1,253}"""
)
_IN_ANGLES: Final = re.compile(r"<([^<>\s\x00-\x1f\x7f]{1,16000})>")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(slots=True)
class _Entry:
    """What stands between two commas."""

    text: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def names_an_address(self) -> bool:
        return bool(self.angles) or any("@" in piece for piece in self.text if not piece.startswith('"'))

    def read(self) -> Address | None:
        if len(self.angles) > 1:
            return None
        if self.angles:
            address, name = self.angles[0].rpartition(":")[2], "".join(self.text)
        else:
            address, name = "".join(self.text).strip(), " ".join(self.comments)
        address = address.strip().lower()
        if len(address) > MAX_ADDRESS or not _ADDRESS.fullmatch(address):
            return None
        return Address(address, _shown(name, address))


def addresses(values: Sequence[bytes]) -> tuple[Address, ...]:
    """Those that are addresses, each once. One more than allowed shows that there were more."""
    found: dict[str, Address] = {}
    for value in values:
        for entry in _entries(decoded(value)):
            read = entry.read()
            if read and read.address not in found:
                found[read.address] = read
            if len(found) > MAX_ADDRESSES:
                return tuple(found.values())
    return tuple(found.values())


def only_address(values: Sequence[bytes]) -> Address | None:
    """None unless exactly one is named, and nothing else that could be taken for one."""
    if len(values) != 1:
        return None
    named = [entry for entry in _entries(decoded(values[0])) if entry.names_an_address]
    return named[0].read() if len(named) == 1 else None


def bare_address(value: bytes) -> str:
    """The one address of a field that our own servers write, or nothing."""
    found = only_address([value])
    return found.address if found else ""


def ids_in(value: bytes) -> list[str]:
    """Message-IDs without their brackets; some mailers forget these."""
    text = _CONTROLS.sub("", value.decode("ascii", "ignore"))
    found: list[str] = _IN_ANGLES.findall(text)
    found = found or [word for word in text.replace("<", " ").replace(">", " ").split() if "@" in word]
    return [keepable(one) for one in found]


def keepable(message_id: str) -> str:
    """One that is too long is called by its digest, so that it is known again wherever it is named."""
    if len(message_id) <= MAX_ID:
        return message_id
    return f"{hashlib.sha256(message_id.encode()).hexdigest()}@long.invalid"


def _entries(text: str) -> Iterator[_Entry]:
    entry = _Entry()
    for found in _TOKEN.finditer(text):
        piece = found[0]
        match found.lastgroup:
            case "angle":
                entry.angles.append(piece.strip("<>"))
            case "comment":
                entry.comments.append(piece.strip("()"))
            case "sign" if piece == ":" and not entry.names_an_address:
                entry = _Entry()  # the name of a group
            case "sign" if piece != ":":
                yield entry
                entry = _Entry()
            case _:
                entry.text.append(piece)
    yield entry


def _shown(name: str, address: str) -> str:
    """A name that reads like another address would be believed to be it."""
    name = one_line(words_read(name.strip()).replace("\\", ""), most=MAX_NAME)
    name = name.strip("\"' ").replace('"', "")
    return "" if "@" in name or name.lower() == address else name
