"""Bank accounts in the writing of one country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum.cz import bankaccount

from heard.checks.links import Span

_CZECH: Final = re.compile(r"(?<![\w/.-])(?:\d{1,6}-)?\d{6,10}/\d{4}(?![\w/-])")
_HUNGARIAN: Final = re.compile(r"(?<![\w-])\d{8}[- ]\d{8}(?:[- ]\d{8})?(?![\w-])")
_WEIGHTS: Final = (9, 7, 3, 1)


def accounts(text: str) -> Iterator[Span]:
    for found in _CZECH.finditer(text):
        if bankaccount.is_valid(found.group()):
            yield found.span()
    for found in _HUNGARIAN.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _adds_up(digits[:8]) and _adds_up(digits[8:]):
            yield found.span()


def _adds_up(digits: str) -> bool:
    return sum(int(digit) * _WEIGHTS[place % 4] for place, digit in enumerate(digits)) % 10 == 0
