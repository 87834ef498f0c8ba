"""Does Meta still hold this?"""

from __future__ import annotations

from heard.channels.contract import Problem, Rejected
from heard.channels.meta.graph import Graph


def is_gone(graph: Graph, external_id: str) -> bool:
    """Meta says the same of what was deleted and of what we may not see, so ask only for what we once saw.

    Raises TryAgain or ReconnectNeeded.
    """
    try:
        graph.read(external_id, params={"fields": "created_time"})
    except Rejected as rejected:
        return rejected.problem is Problem.GONE
    return False
