"""How often one token may ask."""

from __future__ import annotations

from typing import Final

from heard.buckets import Buckets, Rate

READS_A_MINUTE: Final = 6_000
WRITES_A_MINUTE: Final = 1_200

READING = Buckets(READS_A_MINUTE)
WRITING = Buckets(WRITES_A_MINUTE)


def counted(key: str, *, writes: bool) -> Rate:
    return (WRITING if writes else READING).take(key)


def headers(rate: Rate | None) -> dict[str, str]:
    """None for a call that was refused before it was counted."""
    if rate is None:
        return {}
    return {
        "RateLimit-Limit": str(rate.limit),
        "RateLimit-Remaining": str(rate.remaining),
        "RateLimit-Reset": str(int(rate.reset + 0.999)),
    }
