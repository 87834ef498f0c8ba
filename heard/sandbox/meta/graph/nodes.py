"""What each public object shows of itself. A value None means: there is such a field, but it is empty."""

from __future__ import annotations

from typing import Any

from heard.sandbox.clock import graph_time
from heard.sandbox.meta import media, public
from heard.sandbox.meta.authors import author
from heard.sandbox.meta.graph.fields import Field, Node, parse, pick
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Mention, Post, Review

PRIVATE_REPLY_S = 7 * 86400

COMMENT = "created_time,from,message,id"
POST = "created_time,message,id"
RATING = "created_time,reviewer,rating,recommendation_type,review_text"


def comment(network: Network, thing: Comment) -> Node:
    standing = not thing.removed
    return {
        "id": thing.id,
        "message": thing.text,
        "created_time": graph_time(thing.at),
        "from": author(network, thing.page, thing.handle),
        "object": lambda field: _part(network.posts[thing.post], network, field, "id"),
        "parent": lambda field: _parent(network, thing, field),
        "attachment": _attachment(network, thing),
        "permalink_url": public.permalink(network, thing.id),
        "can_comment": standing,
        "can_hide": bool(thing.handle),
        "can_like": standing,
        "can_remove": standing,
        "can_reply_privately": can_reply_privately(network, thing),
        "is_hidden": thing.hidden,
        "is_private": False,
        "like_count": len(thing.reactions),
        "comment_count": len(_below(network, thing)),
        "user_likes": "" in thing.reactions,
        "message_tags": None,
        "private_reply_conversation": _private_conversation(network, thing),
        "likes": lambda field: _likers(network, thing),
        "reactions": lambda field: _likers(network, thing),
        "comments": lambda field: _comments(network, _below(network, thing), field),
    }


def _parent(network: Network, thing: Comment, field: Field) -> Any:
    above = network.comments.get(thing.parent)
    return _part(above, network, field, "created_time,from,message,id") if above else None


def _below(network: Network, thing: Comment | Post) -> list[Comment]:
    post = thing.id if isinstance(thing, Post) else thing.post
    return [one for one in network.under_post[post] if one.parent == thing.id and not one.removed]


def _comments(network: Network, comments: list[Comment], field: Field) -> Any:
    some = comments[: int(field.arguments.get("limit", "25"))]
    fields = field.sub or parse(COMMENT)
    return {"data": [pick(comment(network, one), fields, kind="Comment") for one in some]}


def _likers(network: Network, thing: Comment | Post) -> Any:
    rows = [
        author(network, thing.page, handle) | {"type": name.upper()}
        for handle, name in thing.reactions.items()
    ]
    return {"data": rows, "summary": {"total_count": len(rows)}}


def _attachment(network: Network, thing: Comment) -> Any:
    if not thing.media:
        return None
    link = media.link(network, thing.media[0].url)
    kind = {"image": "photo", "sticker": "sticker", "video": "video_inline"}.get(thing.media[0].kind, "share")
    return {"type": kind, "url": link, "media": {"image": {"src": link, "height": 800, "width": 1280}}}


def can_reply_privately(network: Network, thing: Comment | Post) -> bool:
    young = network.clock.now() - thing.at <= PRIVATE_REPLY_S
    return bool(thing.handle) and young and not thing.private_reply and not thing.removed


def _private_conversation(network: Network, thing: Comment) -> Any:
    if not thing.private_reply:
        return None
    return {"id": network.conversation(thing.page, thing.handle).id}


def post(network: Network, thing: Post) -> Node:
    pictures = [media.link(network, one.url) for one in thing.media if one.kind != "video"]
    below = _below(network, thing)
    return {
        "id": thing.id,
        "message": thing.text or None,
        "story": None,
        "created_time": graph_time(thing.at),
        "updated_time": graph_time(public.updated_at(network, thing)),
        "from": author(network, thing.page, thing.handle),
        "to": {"data": [author(network, thing.page, "")]} if thing.handle else None,
        "permalink_url": public.permalink(network, thing.id),
        "full_picture": pictures[0] if pictures else None,
        "picture": pictures[0] if pictures else None,
        "attachments": _post_attachments(thing, pictures),
        "status_type": "added_photos" if thing.item == "photo" else "mobile_status_update",
        "is_hidden": thing.hidden,
        "is_published": thing.published,
        "is_expired": False,
        "is_popular": False,
        "promotion_status": "inactive" if thing.published else "active",
        "promotable_id": thing.id,
        "parent_id": None,
        "shares": None,
        "message_tags": None,
        "can_reply_privately": can_reply_privately(network, thing),
        "likes": lambda field: _likers(network, thing),
        "reactions": lambda field: _likers(network, thing),
        "comments": lambda field: _comments(network, below, field),
    }


def _post_attachments(thing: Post, pictures: list[str]) -> Any:
    rows: list[dict[str, Any]] = [
        {"type": "photo", "media_type": "photo", "url": link, "media": {"image": {"src": link}}}
        for link in pictures
    ]
    if thing.link:
        rows.append({"type": "share", "media_type": "link", "url": thing.link, "unshimmed_url": thing.link})
    return {"data": rows} if rows else None


def rating(network: Network, thing: Review) -> Node:
    kind = None if thing.recommends is None else ("positive" if thing.recommends else "negative")
    return {
        "created_time": graph_time(thing.at),
        "reviewer": author(network, thing.page, thing.handle),
        "rating": thing.stars,
        "has_rating": thing.stars is not None,
        "has_review": bool(thing.text),
        "recommendation_type": kind,
        "review_text": thing.text or None,
        "open_graph_story": {"id": thing.id, "message": thing.text},
    }


def mention(network: Network, thing: Mention) -> Node:
    return {
        "id": thing.id,
        "message": thing.text,
        "created_time": graph_time(thing.at),
        "updated_time": graph_time(thing.at),
        "from": author(network, thing.page, thing.handle),
        "permalink_url": network.address.below(f"facebook?tab=mentions#{thing.id}"),
        "full_picture": None,
        "picture": None,
        "attachments": None,
        "story": None,
        "is_hidden": False,
        "to": {"data": [author(network, thing.page, "")]},
        "parent": None,
        "object": {"id": thing.post},
        "status_type": "mobile_status_update",
        "is_published": True,
        "promotion_status": "ineligible",
        "can_reply_privately": False,
        "can_comment": False,
        "can_hide": False,
        "can_like": True,
        "can_remove": False,
        "like_count": 0,
        "comment_count": 0,
        "user_likes": False,
        "attachment": None,
    }


def _part(thing: Post | Comment, network: Network, field: Field, default: str) -> Any:
    fields = field.sub or parse(default)
    if isinstance(thing, Post):
        return pick(post(network, thing), fields, kind="Post")
    return pick(comment(network, thing), fields, kind="Comment")
