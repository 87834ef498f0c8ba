"""Was a reply whose answer got lost accepted after all? Facebook is asked, never guessed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from heard.channels.contract import Kind, Outgoing, Rejected, Sent
from heard.channels.fields import as_aside, as_mapping
from heard.channels.meta.conversations import person_in, said_in
from heard.channels.meta.graph import Graph
from heard.channels.meta.same import SameMessage

_FIELDS: Final = "id,from,message,created_time,attachment"


def find_sent(graph: Graph, page: str, message: Outgoing, *, since: datetime) -> Sent | None:
    """None: not found, which proves nothing yet. Raises TryAgain or ReconnectNeeded."""
    same = SameMessage(page, message.text, since, with_file=bool(message.files))
    try:
        if message.private_reply:
            return _private(graph, page, message, same)
        return _public(graph, message.to, same)
    except Rejected:
        return None


def _public(graph: Graph, target: str, same: SameMessage) -> Sent | None:
    for parent in _where_it_may_hang(graph, target):
        for comment in graph.pages(parent, "comments", params=_newest_since(same.since)):
            if same.fits(comment):
                return Sent(as_aside(comment.get("id")))
    return None


def _where_it_may_hang(graph: Graph, target: str) -> Iterator[str]:
    """Replies to a reply are shown, and listed, under the comment above it."""
    yield target
    try:
        said = graph.read(target, params={"fields": "id,parent{id}"})
    except Rejected:
        return
    parent = as_aside(as_mapping(said.get("parent")).get("id"))
    if parent and parent != target:
        yield parent


def _newest_since(since: datetime) -> Mapping[str, str]:
    return {
        "fields": _FIELDS,
        "filter": "stream",
        "order": "reverse_chronological",
        "since": str(int(since.timestamp())),
        "limit": "100",
    }


def _private(graph: Graph, page: str, message: Outgoing, same: SameMessage) -> Sent | None:
    """Only the comment itself leads to its conversation: many people may have got the same words."""
    if message.kind is Kind.POST:
        return None
    said = graph.read(message.to, params={"fields": "private_reply_conversation"})
    conversation = as_mapping(said.get("private_reply_conversation"))
    conversation_id = as_aside(conversation.get("id"))
    if not conversation_id:
        return None
    found: Mapping[str, Any]
    for found in said_in(graph, conversation_id):
        if same.fits(found):
            return Sent(as_aside(found.get("id")), recipient=person_in(found, page))
    return None
