"""A network approved texts or took them back: those that we know are read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from heard.inboxes.templates import ring_for_templates
from heard.tickets.events import Happened

CHANGED: Final = "templates_changed"


def fetch_anew(events: Sequence[Happened]) -> None:
    for inbox_id in {event.inbox_id for event in events if event.name == CHANGED}:
        ring_for_templates(inbox_id)
