"""Who a person is, as far as they and Instagram let us know."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Person, Problem, Rejected
from heard.channels.fields import as_aside, as_url
from heard.channels.meta.graph import Graph

_FIELDS: Final = "name,username,profile_pic"
_WILL_NOT_TELL: Final = frozenset({Problem.GONE, Problem.PERMISSION, Problem.RECIPIENT_BLOCKED})


def profile(graph: Graph, address: str) -> Person | None:
    """None for whoever never wrote to us in private, or is gone. Raises TryAgain or ReconnectNeeded."""
    try:
        said = graph.read(address, params={"fields": _FIELDS})
    except Rejected as rejected:
        if rejected.problem in _WILL_NOT_TELL:
            return None
        raise
    handle = as_aside(said.get("username"))
    name = as_aside(said.get("name")) or handle
    return Person(address, name=name, handle=handle, picture_url=as_url(said.get("profile_pic")))
