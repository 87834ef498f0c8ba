"""A network of pictures as a customer sees it: the account's wall, one picture with its comments, messages."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.meta import media
from heard.sandbox.meta.authors import username_of
from heard.sandbox.meta.hooks import heard_by
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Page, Post
from heard.sandbox.pages.render import render
from heard.sandbox.pages.site import Site
from heard.sandbox.pages.timeline import threads

TABS = ("pictures", "mentions", "messages")
WALL, NEWEST = 30, 100


async def pictures(site: Site, network: Network, request: Request) -> Response:
    asked = request.query_params
    profile = network.profiles.get(asked.get("page", "")) or next(iter(network.profiles.values()))
    heard = heard_by(network, "instagram", profile) is not None
    context = site.frame(request, "instagram", heard=heard, page=profile.id)
    context |= {
        "page": profile,
        "tab": asked.get("tab") if asked.get("tab") in TABS else "pictures",
        "link": lambda url: media.link(network, url),
        "username": username_of,
        **_wall(network, profile, asked.get("post", "")),
        **_messages(network, profile, context["me"].handle, context["now"]),
    }
    return render(request, "pictures.html", context)


def _wall(network: Network, profile: Page, opened: str) -> dict[str, Any]:
    standing = [
        post
        for post in network.posts.values()
        if post.page == profile.id and not post.removed and post.item == "photo"
    ]
    standing.sort(key=lambda post: (post.at, post.id), reverse=True)
    found = next((post for post in standing if post.id == opened), None)
    mentions = [one for one in network.mentions.values() if one.page == profile.id and not one.removed]
    return {
        "posts": standing[:WALL],
        "opened": found,
        "threads": lambda post: threads(network, post),
        "comments": lambda post: _comments(network, post),
        "mentions": mentions[::-1],
        "answers": lambda mention: [
            one for one in network.under_post[mention.post] if one.parent == mention.id and not one.removed
        ],
    }


def _comments(network: Network, post: Post) -> int:
    return sum(not one.removed for one in network.under_post[post.id])


def _messages(network: Network, profile: Page, handle: str, now: float) -> dict[str, Any]:
    conversation = network.conversation(profile.id, handle)
    return {
        "conversation": conversation,
        "said": network.said[profile.id, handle][-NEWEST:],
        "typing": conversation.typing_until > now,
        "seen": lambda direct: direct.at <= conversation.seen_to,
    }
