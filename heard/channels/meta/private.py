"""One private message through Meta's Send API."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Sent, Unconfirmed
from heard.channels.fields import as_aside
from heard.channels.meta.graph import Graph


def send_private(
    graph: Graph, node: str, *, recipient: dict[str, str], text: str, kind: dict[str, Any], token: str = ""
) -> Sent:
    """`kind` is what Meta wants to know about a message in a running conversation; empty otherwise.

    The token comes back in the echo, which settles a message whose answer got lost. Instagram has no
    place for one.
    """
    message = {"text": text} | ({"metadata": token} if token else {})
    answer = graph.send(node, "messages", json={"recipient": recipient, **kind, "message": message})
    return sent(answer.get("message_id"), graph, recipient=as_aside(answer.get("recipient_id")))


def sent(external_id: Any, graph: Graph, *, recipient: str = "") -> Sent:
    """Raises Unconfirmed where the answer is fine and names no message."""
    if isinstance(external_id, int) and not isinstance(external_id, bool):
        external_id = str(external_id)
    if not isinstance(external_id, str) or not external_id:
        raise Unconfirmed("Meta answered without the message's id, so nobody knows whether it took it.")
    return Sent(external_id, recipient=recipient, pause=graph.pause)
