"""As much of a text as anybody reads, and as the search index can hold.

PostgreSQL refuses to index a text with more than a megabyte of words. Such a message must not be refused
with it: the rest stands in the raw call.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = 100_000


def readable(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
