"""One call of Meta, read into facts. A call to any channel's hook may carry the events of the others."""

from __future__ import annotations

from heard.channels.contract import Hook, Ignored, Incoming
from heard.channels.facebook.changes import facts_of_change
from heard.channels.instagram.elements import facts_of_instagram
from heard.channels.messenger.messaging import facts_of_messaging
from heard.channels.meta.envelope import CHANGES, INSTAGRAM, walk


def parse(hook: Hook) -> list[Incoming]:
    """Raises Unreadable."""
    facts: list[Incoming] = []
    for element in walk(hook.body):
        if isinstance(element, Ignored):
            facts.append(element)
        elif element.about == INSTAGRAM:
            facts += facts_of_instagram(element)
        elif element.kind == CHANGES:
            facts += facts_of_change(element)
        else:
            facts += facts_of_messaging(element)
    return facts
