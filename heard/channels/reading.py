"""JSON from strangers, made safe to keep: no bombs, no values that a database refuses."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from heard.channels.contract import Unreadable

MAX_DEPTH: Final = 64
_LONGEST_NUMBER: Final = 19  # digits of a 64-bit integer; longer ones stay text

# Possessive, so that a body full of quotes and backslashes is still read in one pass.
_STRING_OR_BRACKET: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# How NUL and halves of pairs are written in JSON: as they are, both are refused before.
_NEEDS_CLEANING: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def read_json(body: bytes) -> Any:
    """What the body says, with every text fit for a database.

    NUL characters are dropped; halves of surrogate pairs and bytes that are not UTF-8 become U+FFFD. Numbers
    beyond 64 bits or beyond a float stay text, and so does NaN, because neither Python nor jsonb would take
    them as numbers. One bad value costs itself, never its neighbours in the same call.
    Raises Unreadable.
    """
    _refuse_depth(body)
    text = body.decode("utf-8-sig", errors="replace")
    try:
        read = json.loads(
            text,
            parse_constant=str,
            parse_int=_integer,
            parse_float=_decimal,
        )
    except ValueError as error:
        raise Unreadable("The body is not JSON.") from error
    return _cleaned(read) if _NEEDS_CLEANING.search(text) else read


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot keep."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return _LONE_SURROGATE.sub("\ufffd", text)


def _refuse_depth(body: bytes) -> None:
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return  # as nearly all bodies: so few brackets cannot be deeper, whatever is text among them
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(body):
        sign = found.group()
        if sign in (b"[", b"{"):
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable(f"The body is nested deeper than {MAX_DEPTH} levels.")
        elif sign in (b"]", b"}"):
            depth -= 1


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits.lstrip("-")) <= _LONGEST_NUMBER else digits


def _decimal(digits: str) -> float | str:
    number = float(digits)
    return digits if number in (float("inf"), float("-inf")) else number


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): _cleaned(item) for key, item in value.items()}
    return value
