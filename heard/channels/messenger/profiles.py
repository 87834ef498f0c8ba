"""Who a person is, as far as they and Meta let us know."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Person, Problem, Rejected
from heard.channels.fields import as_aside, as_url
from heard.channels.messenger.talk import GUEST
from heard.channels.meta.graph import Graph

_FIELDS: Final = "first_name,last_name,name,profile_pic"
_WILL_NOT_TELL: Final = frozenset({Problem.GONE, Problem.PERMISSION, Problem.RECIPIENT_BLOCKED})


def profile(graph: Graph, address: str) -> Person | None:
    """None without the person's consent, or when they are gone. Raises TryAgain or ReconnectNeeded."""
    if address.startswith(GUEST):
        return None
    try:
        said = graph.read(address, params={"fields": _FIELDS})
    except Rejected as rejected:
        if rejected.problem in _WILL_NOT_TELL:
            return None
        raise
    parts = (as_aside(said.get("first_name")), as_aside(said.get("last_name")))
    name = as_aside(said.get("name")) or " ".join(filter(None, parts))
    return Person(address, name=name, picture_url=as_url(said.get("profile_pic")))
