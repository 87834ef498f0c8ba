"""Facts may overtake what they are about."""

from __future__ import annotations


class NotHereYet(Exception):
    """The fact is about something that has not come: keep it and try again when `awaited` does.

    `awaited` is the network's id of a message, or the key of a thread that nobody has written in.
    """

    def __init__(self, awaited: str) -> None:
        super().__init__(awaited)
        self.awaited = awaited
