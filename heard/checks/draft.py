"""A reply that somebody is about to send."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from heard.channels.contract import Button, Buttons, Count, Files
from heard.checks.attached import Attached


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text and what its channel allows.

    `limit` is in units of `counts`, None where there is none. `ours` are addresses and numbers that the
    company shows on purpose, such as its own hotline. `language` is the customer's, empty when nobody knows.
    `divides`: what does not fit into one message may go as several.
    """

    text: str
    public: bool
    limit: int | None = None
    counts: Count = Count.CHARACTERS
    window_closed: bool = False
    window_closed_at: datetime | None = None
    language: str = ""
    ours: Collection[str] = ()
    files: Sequence[Attached] = ()
    files_taken: Files | None = None
    buttons: Sequence[Button] = ()
    buttons_taken: Buttons | None = None
    divides: bool = False
