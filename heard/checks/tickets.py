"""Ticket numbers with their check part. Whoever has one can ask about the ticket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.links import Span
from heard.checks.regex import regex

# The letters of the check part are those of `tickets/numbers.py`.
_NUMBER: Final = regex(r"(?<![\w-])[A-Z]{2,10}-\d{1,12}-[2-9A-HJKMNP-TW-Z]{2}(?![\w-])")
_MODEL: Final = regex(r"\b(?:model\w*|typ\w*|type|article|art|item|sku|μοντέλο)\W{1,3}$", re.IGNORECASE)
_BEFORE: Final = 20


def tickets(text: str) -> Iterator[Span]:
    for found in _NUMBER.finditer(text):
        if not _MODEL.search(text[max(0, found.start() - _BEFORE) : found.start()]):
            yield found.span()
