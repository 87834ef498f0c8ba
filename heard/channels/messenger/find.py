"""Was a message whose answer got lost accepted after all? The conversation is read back."""

from __future__ import annotations

from datetime import datetime

from heard.channels.contract import Outgoing, Rejected, Sent
from heard.channels.fields import as_aside
from heard.channels.messenger.talk import GUEST
from heard.channels.meta.conversations import conversations, messages_of
from heard.channels.meta.graph import Graph
from heard.channels.meta.same import SameMessage


def find_sent(graph: Graph, page: str, message: Outgoing, *, since: datetime) -> Sent | None:
    """None: not found, which proves nothing yet. Raises TryAgain or ReconnectNeeded."""
    if message.to.startswith(GUEST):
        return None
    same = SameMessage(page, message.text, since)
    try:
        for conversation in conversations(graph, page, person=message.to):
            for said in messages_of(conversation):
                if same.fits(said):
                    return Sent(as_aside(said.get("id")), recipient=message.to)
    except Rejected:
        return None
    return None
