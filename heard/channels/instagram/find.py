"""Was an answer that we heard nothing of accepted after all? Instagram is asked, never guessed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from heard.channels.contract import Kind, Outgoing, Rejected, Sent, Wire
from heard.channels.fields import as_aside, as_id, as_mapping
from heard.channels.instagram.graphs import account_graph, mailbox
from heard.channels.messenger.find import find_with
from heard.channels.meta.graph import Graph
from heard.channels.meta.same import SameMessage

_FIELDS: Final = "id,text,timestamp,from"


def find_sent(message: Outgoing, wire: Wire[Any], *, since: datetime) -> Sent | None:
    """None: not found, which proves nothing yet. Raises TryAgain or ReconnectNeeded."""
    same = SameMessage(wire.credentials.account, message.text, since, with_file=bool(message.files))
    try:
        if message.private_reply:
            return _private(message, wire, same)
        if message.kind is Kind.DIRECT:
            return find_with(mailbox(wire), message.to, same)
        # What we wrote under other people's pictures is nowhere to be read.
        return _public(account_graph(wire), message.to, same) if message.kind is Kind.COMMENT else None
    except Rejected:
        return None


def _public(graph: Graph, target: str, same: SameMessage) -> Sent | None:
    for parent in _where_it_may_hang(graph, target):
        for reply in graph.pages(parent, "replies", params={"fields": _FIELDS}):
            if same.fits(_as_on_a_page(reply)):
                return Sent(as_id(reply.get("id")))
    return None


def _where_it_may_hang(graph: Graph, target: str) -> Iterator[str]:
    """Answers to a reply are put under the comment at the top."""
    above = as_aside(graph.read(target, params={"fields": "id,parent_id"}).get("parent_id"))
    yield above or target


def _as_on_a_page(reply: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "created_time": reply.get("timestamp"),
        "from": reply.get("from"),
        "message": reply.get("text"),
    }


def _private(message: Outgoing, wire: Wire[Any], same: SameMessage) -> Sent | None:
    """A person has the same id in public and in private."""
    said = account_graph(wire).read(message.to, params={"fields": "id,from"})
    person = as_aside(as_mapping(said.get("from")).get("id"))
    return find_with(mailbox(wire), person, same) if person else None
