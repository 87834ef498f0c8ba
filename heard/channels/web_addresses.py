"""Where a text holds web addresses, as X finds them: with a scheme or without, under any domain that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_LONGEST_LABEL: Final = 63
_PUNCTUATION: Final = r"\s\x00-\x2c./:-@\[-^`{-\xbf\u2000-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
_LABEL: Final = rf"[^{_PUNCTUATION}]+"
_HOST: Final = re.compile(rf"(?P<scheme>https?://)?(?P<host>{_LABEL}(?:\.{_LABEL})+)", re.IGNORECASE)
_ASCII_HOST: Final = re.compile(r"[-a-z0-9\xc0-\u024f]+(?:\.[-a-z0-9\xc0-\u024f]+)+", re.IGNORECASE)
_LETTER: Final = r"a-z0-9\xc0-\u024f\u0400-\u04ff"
_PARENS: Final = rf"\([{_LETTER}!*';:=+,.$/%#\[\]\-\u2013_~@|&]*\)"
_REST: Final = re.compile(
    r"(?::\d+)?"
    rf"(?:/(?:(?:[{_LETTER}!*';:=+,.$/%#\[\]\-\u2013_~@|&]|{_PARENS})*(?:[{_LETTER}=_#/+\-]|{_PARENS}))?)?"
    r"(?:\?(?:[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]))?",
    re.IGNORECASE,
)
_BEFORE_ANY: Final = re.compile(r"[a-z0-9@＠$#＃\u202a-\u202e]\Z", re.IGNORECASE)
_BEFORE_BARE: Final = re.compile(r"[-_./]\Z")
_PUNYCODE: Final = re.compile(r"xn--[-0-9a-z]+\Z", re.IGNORECASE)
_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """From `start` to `end` in the text."""

    start: int
    end: int


def web_addresses(text: str) -> Iterator[Address]:
    """In their order, never overlapping."""
    position = 0
    while found := _HOST.search(text, position):
        position = found.end()
        if _BEFORE_ANY.search(text[: found.start()][-1:]):
            continue
        for address in _with_scheme(text, found) if found["scheme"] else _bare(text, found):
            yield address
            position = max(position, address.end)


def _with_scheme(text: str, found: re.Match[str]) -> Iterator[Address]:
    end = _end_of_host(found["host"])
    if end:
        yield _to_its_end(text, found.start(), found.start("host") + end, whole=end == len(found["host"]))


def _bare(text: str, found: re.Match[str]) -> Iterator[Address]:
    """Without a scheme only the Latin part counts: 日本語example.com is example.com."""
    if _BEFORE_BARE.search(text[: found.start()][-1:]):
        return
    for latin in _ASCII_HOST.finditer(found["host"]):
        end = _end_of_host(latin.group())
        if end:
            start = found.start("host") + latin.start()
            whole = latin.start() + end == len(found["host"])
            yield _to_its_end(text, start, start + end, whole=whole)


def _to_its_end(text: str, start: int, end: int, *, whole: bool) -> Address:
    """With port, path and query, where the host was not cut off in the middle."""
    rest = _REST.match(text, end) if whole else None
    return Address(start, rest.end() if rest else end)


def _end_of_host(host: str) -> int:
    """Where the last domain that exists ends; 0 where there is none."""
    labels = host.split(".")
    for count in range(len(labels), 1, -1):
        top = _top_level(labels[count - 1], last=count == len(labels))
        if top and all(map(_may_be_a_label, labels[: count - 1])) and "_" not in labels[count - 2]:
            return sum(len(label) + 1 for label in labels[: count - 1]) + len(top)
    return 0


def _top_level(label: str, *, last: bool) -> str:
    if label.lower() in _top_levels() or _PUNYCODE.match(label):
        return label
    # "example.comです": what follows is no part of a domain.
    word = _WORD.match(label) if last else None
    if word and word.group().lower() in _top_levels() and not label[word.end()].isascii():
        return word.group()
    return ""


def _may_be_a_label(label: str) -> bool:
    if not label or label[0] in "-_" or label[-1] in "-_":
        return False
    return len(label if label.isascii() else label.encode("punycode")) <= _LONGEST_LABEL


@lru_cache(maxsize=1)
def _top_levels() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("top_level_domains.txt").read_text("utf-8").split())
