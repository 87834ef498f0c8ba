"""All that a page holds between two times, read back to find what no hook told us."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from heard.channels.contract import Ignored, Incoming, Rejected
from heard.channels.facebook.changes import facts_of_change
from heard.channels.fields import as_aside, as_mapping, as_time
from heard.channels.meta.envelope import CHANGES, Element
from heard.channels.meta.graph import Graph

# People comment on posts of last month, hardly ever on older ones.
LOOK_BACK: Final = timedelta(days=30)
# Facebook says when a post was last commented on. Young posts get most comments: there we look for ourselves.
YOUNG: Final = timedelta(days=7)

_POST: Final = (
    "id,message,from,created_time,updated_time,permalink_url,full_picture,is_published,promotion_status,"
    "is_hidden"
)
_COMMENT: Final = "id,message,from,created_time,attachment,parent{id},permalink_url,is_hidden"
_REVIEW: Final = "open_graph_story{id},reviewer{id,name},rating,recommendation_type,review_text,created_time"


@dataclass(frozen=True, slots=True)
class Window:
    since: datetime
    until: datetime

    def holds(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at <= self.until


@dataclass(frozen=True, slots=True)
class Reading:
    graph: Graph
    page: str
    window: Window

    def pages(self, *path: str, params: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        return self.graph.pages(*path, params={**params, "limit": "100"})

    def fact(self, field: str, value: Mapping[str, Any], raw: Mapping[str, Any]) -> Incoming:
        """The same fact as from a hook, so that what we have already stays one thing."""
        change = {"field": field, "value": {"verb": "add", **value}}
        [fact] = facts_of_change(Element(CHANGES, self.page, None, change))
        return replace(fact, raw=raw)


def held(graph: Graph, page: str, *, since: datetime, until: datetime) -> Iterator[Incoming]:
    """Posts, comments, mentions and reviews. Raises TryAgain or ReconnectNeeded.

    Comments are looked for under posts of the last 30 days before `since`. Posts that were only published
    as adverts are in no list of the page, so their comments are not found. What Facebook refuses to list is
    one `Ignored` with Facebook's reason, and the rest goes on.
    """
    reading = Reading(graph, page, Window(since, until))
    for part in (_feed, _mentions, _reviews):
        yield from _as_far_as_allowed(reading, part)


def _as_far_as_allowed(reading: Reading, part: Callable[[Reading], Iterator[Incoming]]) -> Iterator[Incoming]:
    try:
        yield from part(reading)
    except Rejected as rejected:
        reason = f"Facebook refused to list what it holds: {rejected.reason}"
        yield Ignored(at=reading.window.until, account=reading.page, channel="facebook", reason=reason)


def _feed(reading: Reading) -> Iterator[Incoming]:
    for post in reading.pages(reading.page, "feed", params={"fields": _POST}):
        written = as_time(post.get("created_time"))
        if written is not None and written < reading.window.since - LOOK_BACK:
            return  # the list is newest first
        if reading.window.holds(written):
            yield reading.fact("feed", _post_value(post), post)
            yield from _hiding(reading, post, {"item": "post", "post_id": post.get("id")})
        if _may_have_new_comments(post, reading.window):
            yield from _as_far_as_allowed(reading, partial(_comments, post=post))


def _may_have_new_comments(post: Mapping[str, Any], window: Window) -> bool:
    written, updated = as_time(post.get("created_time")), as_time(post.get("updated_time"))
    if written is None or updated is None:
        return True
    return updated >= window.since or written >= window.since - YOUNG


def _comments(reading: Reading, post: Mapping[str, Any], field: str = "feed") -> Iterator[Incoming]:
    post_id = as_aside(post.get("id"))
    asked = {
        "fields": _COMMENT,
        "filter": "stream",
        "order": "chronological",
        "since": str(int(reading.window.since.timestamp())),
    }
    for comment in reading.pages(post_id, "comments", params=asked):
        if reading.window.holds(as_time(comment.get("created_time"))):
            yield reading.fact(field, _comment_value(comment, post), comment)
            yield from _hiding(reading, comment, {"item": "comment", "comment_id": comment.get("id")})


def _hiding(reading: Reading, node: Mapping[str, Any], which: Mapping[str, Any]) -> Iterator[Incoming]:
    """Whether it is hidden now. Facebook does not say since when."""
    if (
        isinstance(hidden := node.get("is_hidden"), bool)
        and as_mapping(node.get("from")).get("id") != reading.page
    ):
        raw = {**which, "is_hidden": hidden}
        yield reading.fact("feed", {**which, "verb": "hide" if hidden else "unhide"}, raw)


def _mentions(reading: Reading) -> Iterator[Incoming]:
    asked = {"fields": "id,message,from,created_time,permalink_url"}
    for post in reading.pages(reading.page, "tagged", params=asked):
        if reading.window.holds(as_time(post.get("created_time"))):
            yield reading.fact("mention", _post_value(post), post)


def _reviews(reading: Reading) -> Iterator[Incoming]:
    for review in reading.pages(reading.page, "ratings", params={"fields": _REVIEW}):
        written = as_time(review.get("created_time"))
        if written is not None and written < reading.window.since - LOOK_BACK:
            return
        if reading.window.holds(written):
            yield reading.fact("ratings", _review_value(review), review)
        yield from _as_far_as_allowed(reading, partial(_under_review, review=review))


def _under_review(reading: Reading, review: Mapping[str, Any]) -> Iterator[Incoming]:
    story = as_aside(as_mapping(review.get("open_graph_story")).get("id"))
    if story:
        yield from _comments(reading, post={"id": story}, field="ratings")


def _post_value(post: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "item": "post",
        "post_id": post.get("id"),
        "from": post.get("from"),
        "message": post.get("message"),
        "created_time": post.get("created_time"),
        "permalink_url": post.get("permalink_url"),
        "photo": post.get("full_picture"),
        "published": post.get("is_published"),
        "promotion_status": post.get("promotion_status"),
    }


def _comment_value(comment: Mapping[str, Any], post: Mapping[str, Any]) -> dict[str, Any]:
    media = as_mapping(comment.get("attachment"))
    image = as_mapping(as_mapping(media.get("media")).get("image")).get("src")
    return {
        "item": "comment",
        "comment_id": comment.get("id"),
        "post_id": post.get("id"),
        "parent_id": as_mapping(comment.get("parent")).get("id") or post.get("id"),
        "from": comment.get("from"),
        "message": comment.get("message"),
        "created_time": comment.get("created_time"),
        "permalink_url": comment.get("permalink_url"),
        "photo": image,
        "post": post,
    }


def _review_value(review: Mapping[str, Any]) -> dict[str, Any]:
    reviewer = as_mapping(review.get("reviewer"))
    return {
        "item": "rating",
        "open_graph_story_id": as_mapping(review.get("open_graph_story")).get("id"),
        "reviewer_id": reviewer.get("id"),
        "reviewer_name": reviewer.get("name"),
        "rating": review.get("rating"),
        "recommendation_type": review.get("recommendation_type"),
        "review_text": review.get("review_text"),
        "created_time": review.get("created_time"),
    }
