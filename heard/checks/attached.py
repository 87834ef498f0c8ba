"""Files and buttons that somebody is about to send, as the gate needs to know them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """One file. What it is was told by its bytes before."""

    name: str
    content_type: str
    size: int
