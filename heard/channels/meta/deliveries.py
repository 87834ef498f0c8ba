"""One call of Meta, read into facts. A call to either channel's hook may carry both channels' events."""

from __future__ import annotations

from heard.channels.contract import Hook, Ignored, Incoming
from heard.channels.facebook.changes import facts_of_change
from heard.channels.messenger.messaging import facts_of_messaging
from heard.channels.meta.envelope import CHANGES, walk


def parse(hook: Hook) -> list[Incoming]:
    """Raises Unreadable."""
    facts: list[Incoming] = []
    for element in walk(hook.body):
        if isinstance(element, Ignored):
            facts.append(element)
        elif element.kind == CHANGES:
            facts += facts_of_change(element)
        else:
            facts += facts_of_messaging(element)
    return facts
