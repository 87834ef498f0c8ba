"""Our own reaction to a message."""

from __future__ import annotations

from heard.channels.contract import Problem, Rejected
from heard.channels.meta.conversations import person_in
from heard.channels.meta.graph import Graph


def like(graph: Graph, page: str, external_id: str, *, liked: bool, node: str = "") -> None:
    """`node` is where the page's messages go, if not to itself. Raises TryAgain, Rejected or ReconnectNeeded."""
    # A reaction is sent to a person, and the message alone knows which.
    said = graph.read(external_id, params={"fields": "id,from,to"})
    person = person_in(said, page)
    if not person:
        raise Rejected("Meta does not say whose message it is.", problem=Problem.GONE)
    payload = {"message_id": external_id} | ({"reaction": "love"} if liked else {})
    body = {
        "recipient": {"id": person},
        "sender_action": "react" if liked else "unreact",
        "payload": payload,
    }
    graph.change("POST", node or page, "messages", json=body)
