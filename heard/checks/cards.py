"""Numbers of payment cards in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import luhn

from heard.checks.links import Span
from heard.checks.named import said_before
from heard.checks.regex import regex
from heard.language.plain import plain

_CANDIDATE: Final = regex(r"(?<![\w.,+-])\d(?:[ \u00a0\u202f./-]?\d){12,18}(?![\w-]|[.,]\d)")
_BEGINNINGS: Final = {
    13: ("4",),
    14: ("30", "36", "38", "39"),
    15: ("34", "37"),
    16: ("4", "5", "2", "35", "60", "62", "64", "65"),
    19: ("4", "6"),
}
_GROUPS: Final = {13: ("13",), 14: ("14", "4-6-4"), 15: ("15", "4-6-5"), 16: ("16", "4-4-4-4"), 19: ("19",)}
_LONGEST_GROUPS: Final = ("4-4-4-4-3", "6-13")
_CALLED: Final = regex(
    r"\b(?:cards?|visa|mastercard|maestro|amex|kart\w{1,2}|kartic\w{1,3}|(?:bank)?kartya\w{0,6}|"
    r"καρτ\w{1,2})\b[^.!?]{0,30}$"
)
_OF_ANOTHER_THING: Final = regex(
    r"\b(?:serial|seri[oj]\w+|imei|ean|gtin|gift|voucher|coupon|poukaz\w*|darko\w+|bon\w{0,2}|daril\w+|"
    r"utalvany\w*|ajandek\w*|δωρο\w+|κουπον\w+|"
    r"serial|seriov\w+|serijsk\w+|sn|imei|ean|gtin|loyalty|vernostn\w+|hus[eé]gkart\w*|zvestob\w+)\b"
)


def cards(text: str) -> Iterator[Span]:
    for found in _CANDIDATE.finditer(text):
        if _is_card(found.group()) or _is_meant(text, found):
            yield found.span()


def _is_meant(text: str, found: re.Match[str]) -> bool:
    """Written in fours, or called a card: one digit may be wrong, and the others are right."""
    written, before = found.group(), said_before(plain(text), found.start())
    if _OF_ANOTHER_THING.search(before) or not written.startswith(("2", "3", "4", "5", "6")):
        return False
    groups = [len(group) for group in re.split(r"\D", written)]
    return groups == [4, 4, 4, 4] or (sum(groups) in (15, 16) and _CALLED.search(before) is not None)


def _is_card(written: str) -> bool:
    groups = re.split(r"\D", written)
    digits = "".join(groups)
    shape = "-".join(str(len(group)) for group in groups)
    shapes = (*_GROUPS.get(len(digits), ()), *_LONGEST_GROUPS)
    begins = digits.startswith(_BEGINNINGS.get(len(digits), ("x",)))
    return begins and shape in shapes and bool(luhn.is_valid(digits))
