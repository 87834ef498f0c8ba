"""Numbers of payment cards in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import luhn

from heard.checks.links import Span

_CANDIDATE: Final = re.compile(r"(?<![\w.,+-])\d(?:[ \u00a0\u202f-]?\d){12,18}(?![\w-]|[.,]\d)")
_BEGINNINGS: Final = {
    13: ("4",),
    14: ("30", "36", "38", "39"),
    15: ("34", "37"),
    16: ("4", "5", "2", "35", "60", "62", "64", "65"),
    19: ("4", "6"),
}
_GROUPS: Final = {13: ("13",), 14: ("14", "4-6-4"), 15: ("15", "4-6-5"), 16: ("16", "4-4-4-4"), 19: ("19",)}
_LONGEST_GROUPS: Final = ("4-4-4-4-3", "6-13")


def cards(text: str) -> Iterator[Span]:
    for found in _CANDIDATE.finditer(text):
        if _is_card(found.group()):
            yield found.span()


def _is_card(written: str) -> bool:
    groups = re.split(r"\D", written)
    digits = "".join(groups)
    shape = "-".join(str(len(group)) for group in groups)
    shapes = (*_GROUPS.get(len(digits), ()), *_LONGEST_GROUPS)
    begins = digits.startswith(_BEGINNINGS.get(len(digits), ("x",)))
    return begins and shape in shapes and bool(luhn.is_valid(digits))
