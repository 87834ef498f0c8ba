"""The page's timeline as a customer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.meta import media, public
from heard.sandbox.meta.hooks import heard_by
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Page, Post
from heard.sandbox.pages.render import render
from heard.sandbox.pages.site import Site

POSTS, THREADS = 12, 40
TABS = ("posts", "reviews", "mentions")


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and everything below it, in the order it was written."""

    comment: Comment
    replies: list[Comment]


def shown_page(network: Network, request: Request) -> Page:
    return network.pages.get(request.query_params.get("page", "")) or network.first_page()


def frame(site: Site, network: Network, request: Request, slug: str) -> dict[str, Any]:
    """What both pages of the network show around their own part."""
    page = shown_page(network, request)
    heard = heard_by(network, slug, page) is not None
    return {
        **site.frame(request, slug, heard=heard, page=page.id),
        "network": network,
        "page": page,
        "link": lambda url: media.link(network, url),
    }


async def timeline(site: Site, network: Network, request: Request) -> Response:
    context = frame(site, network, request, "facebook")
    page, tab = context["page"], request.query_params.get("tab", "posts")
    context["tab"] = tab if tab in TABS else "posts"
    context["posts"] = _posts(network, page, request.query_params.get("post", ""))
    context["threads"] = lambda post: threads(network, post)
    context["comments"] = lambda post: sum(not one.removed for one in network.under_post[post.id])
    context["reviews"] = [
        one for one in reversed(network.reviews.values()) if one.page == page.id and not one.removed
    ]
    context["mentions"] = [
        one for one in reversed(network.mentions.values()) if one.page == page.id and not one.removed
    ]
    context["answers"] = lambda mention: [
        one for one in network.under_post[mention.post] if one.parent == mention.id and not one.removed
    ]
    return render(request, "timeline.html", context)


def _posts(network: Network, page: Page, only: str) -> list[Post]:
    standing = [
        post
        for post in network.posts.values()
        if post.page == page.id and not post.removed and post.published and only in ("", post.id)
    ]
    return sorted(standing, key=lambda post: (post.pinned, post.at, post.id), reverse=True)[:POSTS]


def threads(network: Network, post: Post) -> list[Thread]:
    """The newest ones; older ones only when there are not too many."""
    roots = [one for one in network.under_post[post.id] if one.parent == post.id and not one.removed]
    return [
        Thread(root, [one for one in public.replies(network, root) if not one.removed])
        for root in roots[-THREADS:]
    ]
