"""The picture that comments hang on, and what somebody said of us elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from heard.channels.contract import Post, Problem, Rejected
from heard.channels.fields import as_aside, as_mapping, as_time, as_url
from heard.channels.instagram.mentions import Where
from heard.channels.meta.graph import Graph

MEDIA: Final = "id,caption,media_type,media_url,thumbnail_url,permalink,timestamp,username"
# Of other people's pictures less is told.
_ELSEWHERE: Final = "id,caption,media_type,media_url,permalink,timestamp,username"
_COMMENT: Final = "id,text,timestamp,media{id,media_url,permalink}"
_NOT_OURS_TO_SEE: Final = frozenset({Problem.GONE, Problem.INVALID, Problem.PERMISSION})


def post(graph: Graph, account: str, external_id: str) -> Post | None:
    """None when it is gone or not ours to see. Raises TryAgain, Rejected or ReconnectNeeded."""
    where = Where.read(external_id)
    if where.comment:
        return _mentioned_in_a_comment(graph, account, where)
    return _own(graph, external_id) or _mentioned_in_a_caption(graph, account, external_id)


def _own(graph: Graph, external_id: str) -> Post | None:
    said = _read(graph, external_id, MEDIA)
    return as_post(said, external_id) if said else None


def _mentioned_in_a_caption(graph: Graph, account: str, media: str) -> Post | None:
    said = _asked(graph, account, f"mentioned_media.media_id({media}){{{_ELSEWHERE}}}", "mentioned_media")
    return as_post(said, media) if said else None


def _mentioned_in_a_comment(graph: Graph, account: str, where: Where) -> Post | None:
    asked = f"mentioned_comment.comment_id({where.comment}){{{_COMMENT}}}"
    said = _asked(graph, account, asked, "mentioned_comment")
    if not said:
        return None
    media = as_mapping(said.get("media"))
    return Post(
        str(where),
        text=as_aside(said.get("text")),
        permalink=as_url(media.get("permalink")),
        picture_url=as_url(media.get("media_url")),
        author_name=as_aside(said.get("username")),
        at=as_time(said.get("timestamp")),
    )


def _asked(graph: Graph, account: str, fields: str, part: str) -> Mapping[str, Any]:
    return as_mapping(_read(graph, account, fields).get(part))


def _read(graph: Graph, node: str, fields: str) -> Mapping[str, Any]:
    try:
        return graph.read(node, params={"fields": fields})
    except Rejected as rejected:
        if rejected.problem in _NOT_OURS_TO_SEE:
            return {}
        raise


def as_post(said: Mapping[str, Any], external_id: str) -> Post:
    video = said.get("media_type") == "VIDEO"
    return Post(
        external_id,
        text=as_aside(said.get("caption")),
        permalink=as_url(said.get("permalink")),
        picture_url=as_url(said.get("thumbnail_url")) if video else as_url(said.get("media_url")),
        author_name=as_aside(said.get("username")),
        at=as_time(said.get("timestamp")),
    )
