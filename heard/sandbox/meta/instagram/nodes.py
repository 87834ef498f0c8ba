"""What each thing on Instagram shows of itself. A value None: there is such a field, but it is empty."""

from __future__ import annotations

from typing import Any

from heard.sandbox.clock import graph_time
from heard.sandbox.meta import media as store
from heard.sandbox.meta.authors import author
from heard.sandbox.meta.graph.fields import Field, Node, parse, pick
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Container, Mention, Post

MEDIA = COMMENT = MENTION = "id"
LISTED = "id,text,timestamp"


def picture(network: Network, post: Post) -> Node:
    links = [store.link(network, one.url) for one in post.media]
    below = standing(network, post.id, post.id)
    return {
        "id": post.id,
        "ig_id": post.id[4:],
        "caption": post.text or None,
        "media_type": "CAROUSEL_ALBUM" if len(links) > 1 else "IMAGE",
        "media_product_type": "FEED",
        "media_url": links[0] if links else None,
        "thumbnail_url": None,
        "permalink": permalink(network, post.id),
        "shortcode": post.id,
        "timestamp": graph_time(post.at),
        "username": author(network, post.page, "")["username"],
        "owner": {"id": post.page},
        "alt_text": next((one.alt for one in post.media if one.alt), None),
        "comments_count": len(network.under_post[post.id]),
        "like_count": len(post.reactions),
        "is_comment_enabled": True,
        "children": lambda field: _children(post),
        "comments": lambda field: _comments(network, below, field),
    }


def _children(post: Post) -> Any:
    if len(post.media) < 2:
        return None
    return {"data": [{"id": f"{post.id}{place}"} for place in range(len(post.media))]}


def permalink(network: Network, post: str) -> str:
    return network.address.below(f"instagram?post={post}")


def standing(network: Network, post: str, parent: str) -> list[Comment]:
    return [one for one in network.under_post[post] if one.parent == parent and not one.removed]


def comment(network: Network, thing: Comment) -> Node:
    who = author(network, thing.page, thing.handle)
    below = standing(network, thing.post, thing.id)
    reply = thing.parent in network.comments
    return {
        "id": thing.id,
        "text": thing.text,
        "timestamp": graph_time(thing.at),
        "username": who["username"],
        "from": who,
        "hidden": thing.hidden,
        "like_count": len(thing.reactions),
        "media": lambda field: _media(network, thing.post, field),
        "parent_id": thing.parent if reply else None,
        "user": None if thing.handle else {"id": thing.page},
        "replies": lambda field: _comments(network, below, field),
    }


def _comments(network: Network, comments: list[Comment], field: Field) -> Any:
    if not comments:
        return None
    fields = field.sub or parse(LISTED)
    return {"data": [pick(comment(network, one), fields, kind="IGComment") for one in comments[:50]]}


def _media(network: Network, post: str, field: Field) -> Any:
    found = network.posts.get(post)
    fields = field.sub or parse(MEDIA)
    return pick(picture(network, found), fields, kind="IGMedia") if found else {"id": post}


def mentioned_media(network: Network, thing: Mention) -> Node:
    return {
        "id": thing.id,
        "caption": thing.text,
        "media_type": "IMAGE",
        "media_url": store.link(network, "picture/mug.png"),
        "permalink": permalink(network, thing.id),
        "timestamp": graph_time(thing.at),
        "username": author(network, thing.page, thing.handle)["username"],
        "comments_count": 0,
        "like_count": 0,
        "owner": None,
    }


def mentioned_comment(network: Network, thing: Mention) -> Node:
    """Of the one who wrote it nothing is told but the words."""
    elsewhere = {
        "id": thing.post,
        "media_url": store.link(network, "picture/bowl.png"),
        "permalink": permalink(network, thing.post),
    }
    return {
        "id": thing.id,
        "text": thing.text,
        "timestamp": graph_time(thing.at),
        "like_count": 0,
        "media": elsewhere,
    }


def container(network: Network, thing: Container) -> Node:
    status = "PUBLISHED" if thing.published else "FINISHED"
    if network.clock.now() - thing.at > CONTAINER_S and not thing.published:
        status = "EXPIRED"
    return {"id": thing.id, "status_code": status, "status": f"{status.capitalize()}: media is ready"}


CONTAINER_S = 86400
