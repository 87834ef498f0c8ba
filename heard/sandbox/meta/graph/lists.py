"""The calls that list what stands on a page: posts, mentions, reviews."""

from __future__ import annotations

from typing import Any

from heard.sandbox.meta.graph import nodes
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.fields import pick
from heard.sandbox.meta.graph.paging import listing, page_of, within
from heard.sandbox.meta.graph.tokens import need
from heard.sandbox.meta.things import Page, Post


def read_feed(call: Call, page: Page, *, edge: str) -> Any:
    """feed: all; posts and published_posts: the page's own; visitor_posts: those of others. Newest first."""
    need(call, "pages_read_user_content" if edge == "visitor_posts" else "pages_read_engagement")
    found = [
        post for post in call.network.posts.values() if _in_feed(post, page, edge) and within(call, post.at)
    ]
    found.sort(key=lambda post: (post.at, post.id), reverse=True)
    some, paging = page_of(call, found, f"{page.id}/{edge}")
    fields = call.fields(nodes.POST)
    return listing(call, [pick(nodes.post(call.network, post), fields, kind="Post") for post in some], paging)


def _in_feed(post: Post, page: Page, edge: str) -> bool:
    if post.page != page.id or post.removed or not post.published:
        return False
    return edge == "feed" or bool(post.handle) == (edge == "visitor_posts")


def read_tagged(call: Call, page: Page) -> Any:
    """Posts of others that mention the page, and those that visitors wrote on it."""
    need(call, "pages_read_user_content")
    found: list[Any] = [
        mention
        for mention in call.network.mentions.values()
        if mention.page == page.id and mention.item == "post" and not mention.removed
    ]
    found = [one for one in found if within(call, one.at)]
    found.sort(key=lambda one: (one.at, one.id), reverse=True)
    some, paging = page_of(call, found, f"{page.id}/tagged")
    fields = call.fields(nodes.POST)
    return listing(
        call, [pick(nodes.mention(call.network, one), fields, kind="Post") for one in some], paging
    )


def read_ratings(call: Call, page: Page) -> Any:
    need(call, "pages_read_user_content")
    found = [one for one in call.network.reviews.values() if one.page == page.id and not one.removed]
    found = [one for one in reversed(found) if within(call, one.edited_at or one.at)]
    some, paging = page_of(call, found, f"{page.id}/ratings")
    fields = call.fields(nodes.RATING)
    rows = [pick(nodes.rating(call.network, one), fields, kind="Recommendation") for one in some]
    return listing(call, rows, paging)
