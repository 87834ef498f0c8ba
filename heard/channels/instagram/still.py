"""Does Instagram still hold this?"""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Problem, Rejected, Wire
from heard.channels.instagram.graphs import account_graph
from heard.channels.instagram.mentions import Where, is_mention
from heard.channels.instagram.posted import mentioned
from heard.channels.meta import gone


def is_gone(wire: Wire[Any], external_id: str) -> bool:
    """Raises TryAgain or ReconnectNeeded."""
    graph = account_graph(wire)
    if not is_mention(external_id):
        return gone.is_gone(graph, external_id)
    if not wire.credentials.by_page:
        return False  # whoever signed in at Instagram never sees what stands elsewhere
    try:
        mentioned(graph, wire.credentials.account, Where.read(external_id))
    except Rejected as rejected:
        return rejected.problem is Problem.GONE
    return False
