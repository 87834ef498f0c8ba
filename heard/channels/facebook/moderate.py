"""Like, hide and delete, each harmless when repeated."""

from __future__ import annotations

from heard.channels.contract import Problem, Rejected
from heard.channels.meta.gone import is_gone
from heard.channels.meta.graph import Graph


def like(graph: Graph, external_id: str, *, liked: bool) -> None:
    graph.change("POST" if liked else "DELETE", external_id, "likes")


def hide(graph: Graph, external_id: str, *, hidden: bool) -> None:
    graph.change("POST", external_id, json={"is_hidden": hidden})


def delete(graph: Graph, external_id: str) -> None:
    try:
        graph.change("DELETE", external_id)
    except Rejected as rejected:
        # The answer to our first try may have got lost, and what is gone is what we wanted gone. But the same
        # code also means that we may not: then the thing is still there to be read.
        if rejected.problem is not Problem.GONE or not is_gone(graph, external_id):
            raise
