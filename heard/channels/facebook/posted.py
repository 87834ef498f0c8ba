"""The post that comments hang on, fetched when somebody looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from heard.channels.contract import Post, Problem, Rejected
from heard.channels.fields import as_aside, as_mapping, as_time, as_url
from heard.channels.meta.graph import Graph

_FIELDS: Final = "id,message,permalink_url,created_time,from,full_picture"
_NOT_OURS_TO_SEE: Final = frozenset({Problem.GONE, Problem.PERMISSION})


def post(graph: Graph, external_id: str) -> Post | None:
    """None when it is gone or not ours to see. Raises TryAgain or ReconnectNeeded."""
    try:
        said = graph.read(external_id, params={"fields": _FIELDS})
    except Rejected as rejected:
        if rejected.problem in _NOT_OURS_TO_SEE:
            return None
        raise
    return as_post(said, external_id)


def as_post(said: Mapping[str, Any], external_id: str) -> Post:
    return Post(
        external_id,
        text=as_aside(said.get("message")),
        permalink=as_url(said.get("permalink_url")),
        picture_url=as_url(said.get("full_picture")),
        author_name=as_aside(as_mapping(said.get("from")).get("name")),
        at=as_time(said.get("created_time")),
    )
