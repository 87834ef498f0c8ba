"""Bank account numbers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import iban

from heard.checks.links import Span
from heard.checks.regex import regex

_SHORTEST: Final = 15
# A wrong digit makes it nobody's account, or another's; who it belongs to was meant to be seen all the same.
_COUNTRIES: Final = (
    r"(?:AL|AT|BA|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|ME|MK|MT|NL|NO|PL|PT|RO|RS|SE|"
    r"SI|SK|TR|UA|XK)"
)
_MEANT: Final = regex(
    rf"(?<![\w-]){_COUNTRIES}\d{{2}}(?:(?:[ \u00a0\u202f.-][A-Z0-9]{{4}}){{3,7}}(?:[ \u00a0\u202f.-][A-Z0-9]{{1,3}})?"
    r"|[A-Z]{0,4}\d{11,26})(?![\w-])",
    re.IGNORECASE,
)
_DIGITS: Final = 10  # that an account has at least
_CANDIDATE: Final = regex(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ \u00a0\u202f./·-]{0,2}[A-Za-z0-9]){11,30}(?!\w)")


def ibans(text: str) -> Iterator[Span]:
    for found in _CANDIDATE.finditer(text):
        end = _valid_end(text, *found.span())
        if end is not None:
            yield found.start(), end
    for found in _MEANT.finditer(text):
        if sum(map(str.isdigit, found.group())) >= _DIGITS:
            yield found.span()


def _valid_end(text: str, start: int, end: int) -> int | None:
    """Words may follow as readily as more groups, so the end is found by the check digits."""
    while end - start >= _SHORTEST:
        whole_word = end == len(text) or not text[end].isalnum()
        if whole_word and iban.is_valid(_compact(text[start:end])):
            return end
        end -= 1
    return None


def _compact(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text).upper()
