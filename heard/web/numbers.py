"""Numbers as a browser sends them: in words that anybody may have written."""

from __future__ import annotations

LONGEST = 18  # digits; PostgreSQL's bigint holds every number of so many, and Python reads it in no time


def is_number(given: str) -> bool:
    """Whether these are digits alone, and no more of them than the number of a row can have."""
    return given.isascii() and given.isdecimal() and len(given) <= LONGEST


def number_in(given: str) -> int:
    """Return the number, 0 where it is none: no row bears it, so looking it up finds nothing."""
    return int(given) if is_number(given) else 0
