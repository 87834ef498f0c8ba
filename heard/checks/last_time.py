"""The line about a customer's last case (`language/last_time.py`): in public, it tells everybody that they had one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.links import Span
from heard.checks.regex import regex
from heard.language.last_time import LEADS

_LINE: Final = regex(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, LEADS))})\s{{1,3}}\([^()\n]{{6,40}}\)[^\n]{{0,300}}"
)


def last_times(text: str) -> Iterator[Span]:
    for found in _LINE.finditer(text):
        yield found.span()
