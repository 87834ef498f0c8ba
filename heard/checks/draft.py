"""A reply that somebody is about to send."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from heard.channels.contract import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text and what its channel allows.

    `limit` is in units of `counts`, None where there is none. `ours` are addresses and numbers that the
    company shows on purpose, such as its own hotline. `language` is the customer's, empty when nobody knows.
    """

    text: str
    public: bool
    limit: int | None = None
    counts: Count = Count.CHARACTERS
    window_closed: bool = False
    window_closed_at: datetime | None = None
    language: str = ""
    ours: Collection[str] = ()
