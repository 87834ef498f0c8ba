"""The picture that comments hang on, and what somebody said of us elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from heard.channels.contract import Post, Problem, Rejected
from heard.channels.fields import as_aside, as_mapping, as_time, as_url
from heard.channels.instagram.mentions import Where, is_mention
from heard.channels.meta.graph import Graph

MEDIA: Final = "id,caption,media_type,media_url,thumbnail_url,permalink,timestamp,username"
# Of other people's pictures less is told.
_ELSEWHERE: Final = "id,caption,media_type,media_url,permalink,timestamp,username"
_COMMENT: Final = "id,text,timestamp,media{id,media_url,permalink}"
_NOT_OURS_TO_SEE: Final = frozenset({Problem.GONE, Problem.INVALID, Problem.PERMISSION})


def post(graph: Graph, account: str, external_id: str) -> Post | None:
    """None when it is gone or not ours to see. Raises TryAgain, Rejected or ReconnectNeeded."""
    try:
        if is_mention(external_id):
            return mentioned(graph, account, Where.read(external_id))
        return as_post(graph.read(external_id, params={"fields": MEDIA}), external_id)
    except Rejected as rejected:
        if rejected.problem in _NOT_OURS_TO_SEE:
            return None
        raise


def mentioned(graph: Graph, account: str, where: Where) -> Post | None:
    """What somebody said of us elsewhere. Raises TryAgain, Rejected or ReconnectNeeded."""
    if where.comment:
        part, asked = "mentioned_comment", f".comment_id({where.comment}){{{_COMMENT}}}"
    else:
        part, asked = "mentioned_media", f".media_id({where.media}){{{_ELSEWHERE}}}"
    said = as_mapping(graph.read(account, params={"fields": f"{part}{asked}"}).get(part))
    if not said:
        return None
    return _comment(said, where) if where.comment else as_post(said, str(where))


def _comment(said: Mapping[str, Any], where: Where) -> Post:
    media = as_mapping(said.get("media"))
    return Post(
        str(where),
        text=as_aside(said.get("text")),
        permalink=as_url(media.get("permalink")),
        picture_url=as_url(media.get("media_url")),
        author_name=as_aside(said.get("username")),
        at=as_time(said.get("timestamp")),
    )


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
