"""Bank accounts in the writing of one country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum.cz import bankaccount

from heard.checks.links import Span
from heard.checks.regex import regex
from heard.language.plain import plain

_CZECH: Final = regex(r"(?<![\w/.-])(?:\d{1,6}-)?\d{6,10}/\d{4}(?![\w/-])")
_HUNGARIAN: Final = regex(r"(?<![\w-])\d{8}[- ]\d{8}(?:[- ]\d{8})?(?![\w-])")
_BANK: Final = regex(
    r"\b(?:uctu?|ucte|ucet|konto|kontu|account|szamla\w{0,4})\b(?:\W{1,3}\w{1,8}){0,2}\W{0,4}$"
)
_BEFORE: Final = 40
_A_DAY: Final = regex(r"(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d")
_WEIGHTS: Final = (9, 7, 3, 1)


def accounts(text: str) -> Iterator[Span]:
    for found in _CZECH.finditer(text):
        if bankaccount.is_valid(found.group()) or _is_called_so(text, found.start()):
            yield found.span()
    for found in _HUNGARIAN.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if (
            (_adds_up(digits[:8]) and _adds_up(digits[8:]))
            or len(digits) == 24
            or (_is_called_so(text, found.start(), found.end()) and not _A_DAY.match(digits))
        ):
            yield found.span()


def _is_called_so(text: str, start: int, end: int = 0) -> bool:
    """A word says that it is an account, although no account can have this number."""
    before, after = plain(text[max(0, start - _BEFORE) : start]), plain(text[end : end + _BEFORE])
    return _BANK.search(before) is not None or (end > 0 and re.match(r"\s\w{0,5}szaml", after) is not None)


def _adds_up(digits: str) -> bool:
    return sum(int(digit) * _WEIGHTS[place % 4] for place, digit in enumerate(digits)) % 10 == 0
