"""Web addresses in a text. What looks like a fault inside of one is none."""

from __future__ import annotations

import re
from typing import Final

_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)

Span = tuple[int, int]


def link_spans(text: str) -> list[Span]:
    return [found.span() for found in _LINK.finditer(text)]


def overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
