"""Bytes from strangers as text. Whatever they are, some text comes out, and a database can keep it."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from typing import Final

import chardet

from heard.channels.reading import storable

MAX_GUESSED: Final = 20_000  # bytes that are looked at to guess a charset
_WIDE: Final = re.compile(r"(?:utf-?(?:16|32)|ucs-?[24])", re.IGNORECASE)
_EAST: Final = re.compile(r"(?:gb|hz|big5|euc|shift|sjis|cp9[345]|ks_c|johab|iso-?2022)", re.IGNORECASE)
_WESTERN: Final = frozenset({"cp1252", "latin-1", "iso8859-15"})
# What senders call a charset, and what they mean.
_MEANT: Final = {
    "iso-8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-ce": "mac_latin2",
}
# Python calls these text encodings, and a mail never means them; some take quadratic time.
_NEVER: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_LAST_TRIED: Final = ("cp1252", "cp1250", "cp1251", "cp1253")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufeff]")
# They turn writing around, and let a file's or a person's name look like another.
_TURNS: Final = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"=\?([A-Za-z0-9_.:+\-]{1,40})(?:\*[A-Za-z0-9\-]{0,20})?\?([bBqQ])\?([^?\r\n]*)\?=")


def decoded(content: bytes, declared: str = "") -> str:
    """UTF-8 where it is UTF-8, else as declared, else as it looks, else with holes."""
    name = declared.strip().strip("\"'").lower()
    if _WIDE.match(name) or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _wide(content, name)
        if text is not None:
            return text
    if _EAST.match(name) and (text := _as(content, name)) is not None:
        return text
    if b"\x1b" not in content and name != "utf-7" and (text := _as(content, "utf-8")) is not None:
        return text.removeprefix("\ufeff")
    text = _as(content, name) if name not in ("us-ascii", "ascii", "utf-8", "utf8") else None
    if text is not None and not (_means(name) in _WESTERN and _looks_foreign(text)):
        return text
    return _guessed(content)


def header_text(value: bytes, *, most: int, declared: str = "") -> str:
    """One line, with its encoded words (RFC 2047) read. `declared`: the charset of the mail, for bare letters."""
    value = value[: most * 40]
    bare = not value.isascii() and _as(value, "utf-8") is None
    return one_line(words_read(decoded(value, declared if bare else "")), most=most)


def words_read(text: str) -> str:
    """Neighbours in one charset are joined before they are read: some mailers cut through a letter."""
    if "=?" not in text:
        return text
    out: list[str] = []
    pending, charset, place = b"", "", 0
    for found in _WORD.finditer(text):
        gap = text[place : found.start()]
        apart = bool(gap.strip()) or not pending
        if pending and (apart or found[1].lower() != charset):
            out.append(decoded(pending, charset))
            pending = b""
        if apart:
            out.append(gap)
        pending, charset, place = pending + _word_bytes(found[2], found[3]), found[1].lower(), found.end()
    if pending:
        out.append(decoded(pending, charset))
    return "".join([*out, text[place:]])


def tidy(text: str) -> str:
    """Fit for a database and a page: one kind of line end, no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return storable(_CONTROLS.sub("", text))


def one_line(text: str, *, most: int) -> str:
    line = _SPACES.sub(" ", _TURNS.sub("", tidy(text))).strip()
    return line if len(line) <= most else f"{line[: most - 1]}…"


def base64_read(content: bytes) -> bytes:
    """As much of it as can be read: what is no base64 is passed over."""
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        clean = clean[: -1 if len(clean) % 4 == 1 else None]
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def quoted_printable_read(content: bytes) -> bytes:
    return quopri.decodestring(content)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    return base64_read(raw) if encoding in "bB" else quopri.decodestring(raw, header=True)


def _means(name: str) -> str:
    return _MEANT.get(name, name)


def _as(content: bytes, name: str) -> str | None:
    """None where there is no such charset, or the bytes are not of it."""
    try:
        codec = codecs.lookup(_means(name))
        if codec.name in _NEVER or not getattr(codec, "_is_text_encoding", True):
            return None
        return content.decode(codec.name)
    except (LookupError, ValueError, TypeError):
        return None


def _wide(content: bytes, name: str) -> str | None:
    """Many call it UTF-16 and write something else: then every other byte is not zero."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _as(content, "utf-16")
    if content[:200].count(0) * 4 < len(content[:200]) and not _is_of_pairs(content):
        return None
    return _as(content[: len(content) // 2 * 2], name if _means(name) != "utf-16" else _end_first(content))


def _end_first(content: bytes) -> str:
    """Without a mark: the half of each letter that hardly changes is the greater one."""
    even, odd = _variety(content)
    return "utf-16-le" if odd < even else "utf-16-be"


def _is_of_pairs(content: bytes) -> bool:
    """The letters of one script have one of their halves in common, which single bytes have not."""
    even, odd = _variety(content)
    return min(even, odd) * 3 <= max(even, odd)


def _variety(content: bytes) -> tuple[int, int]:
    shown = content[:2_000]
    return len(set(shown[::2])), len(set(shown[1::2]))


def _looks_foreign(text: str) -> bool:
    """Greek or Cyrillic that is called Western has hardly a plain letter in it."""
    letters = [letter for letter in text[:MAX_GUESSED] if letter.isalpha()]
    return sum(letter > "\x7f" for letter in letters) * 5 > len(letters) * 2


def _guessed(content: bytes) -> str:
    found = chardet.detect(content[:MAX_GUESSED])
    for name in (found.get("encoding") or "", *_LAST_TRIED):
        if name and (text := _as(content, name.lower())) is not None:
            return text
    # Bytes that are UTF-8 but for a few are better read with holes in them than as something else.
    text = content.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 < len(text) else content.decode("latin-1")
