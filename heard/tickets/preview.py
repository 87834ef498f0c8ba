"""One line of a message for lists and notifications."""

from __future__ import annotations

LONGEST = 300


def preview_of(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
