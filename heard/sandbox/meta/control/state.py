"""Everything that the network holds, for tests to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from heard.sandbox.meta.authors import author
from heard.sandbox.meta.hooks import heard_by
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Direct, Page, Post


def state(network: Network, slug: str, page: Page) -> dict[str, Callable[[], Any]]:
    """Each part is made when it is asked for: a test that waits for one number asks often."""

    def public() -> Iterator[Post | Comment]:
        yield from (post for post in network.posts.values() if post.page == page.id)
        yield from (one for one in network.comments.values() if one.page == page.id)

    return {
        "account": lambda: page.id,
        "name": lambda: page.name,
        "hook": lambda: (heard_by(network, slug, page) or ("", ""))[1],
        "posts": lambda: [_post(network, thing) for thing in public() if isinstance(thing, Post)],
        "comments": lambda: [_comment(network, thing) for thing in public() if isinstance(thing, Comment)],
        "directs": lambda: [_direct(network, one) for one in network.directs.values() if one.page == page.id],
        "reviews": lambda: [
            _opinion(network, one) for one in network.reviews.values() if one.page == page.id
        ],
        "mentions": lambda: [
            _opinion(network, one) for one in network.mentions.values() if one.page == page.id
        ],
        "likes": lambda: [like for thing in public() for like in _likes(network, thing)],
        "hidden": lambda: [thing.id for thing in public() if thing.hidden],
    }


def _who(network: Network, page: str, handle: str) -> dict[str, str]:
    return {**author(network, page, handle), "handle": handle}


def _post(network: Network, post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "from": _who(network, post.page, post.handle),
        "text": post.text,
        "hidden": post.hidden,
        "removed": post.removed,
        "likes": len(post.reactions),
        "by_page": not post.handle,
        "at": post.at,
        "private_reply": post.private_reply,
        "media": [asdict(one) for one in post.media],
    }


def _comment(network: Network, comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "post": comment.post,
        "parent": comment.parent,
        "from": _who(network, comment.page, comment.handle),
        "text": comment.text,
        "hidden": comment.hidden,
        "likes": len(comment.reactions),
        "removed": comment.removed,
        "by_page": not comment.handle,
        "at": comment.at,
        "edited": bool(comment.edited_at),
        "private_reply": comment.private_reply,
        "app": comment.app,
    }


def _direct(network: Network, direct: Direct) -> dict[str, Any]:
    conversation = network.conversation(direct.page, direct.handle)
    return {
        "id": direct.id,
        "person": direct.handle,
        "psid": network.psid(direct.page, direct.handle),
        "text": direct.text,
        "from_page": direct.from_page,
        "buttons": direct.buttons,
        "read": direct.at <= (conversation.read_to if direct.from_page else conversation.seen_to),
        "removed": direct.removed,
        "metadata": direct.metadata,
        "app": direct.app,
        "at": direct.at,
        "reactions": direct.reactions,
        "media": [asdict(one) for one in direct.media],
    }


def _opinion(network: Network, thing: Any) -> dict[str, Any]:
    row = asdict(thing)
    return {**row, "from": _who(network, thing.page, thing.handle)}


def _likes(network: Network, thing: Post | Comment) -> list[dict[str, Any]]:
    return [
        {"object": thing.id, "from": _who(network, thing.page, handle), "reaction": name}
        for handle, name in thing.reactions.items()
    ]
