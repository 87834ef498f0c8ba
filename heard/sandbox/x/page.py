"""X as a customer sees it: what was said about the account, by it, and below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.pages.render import render
from heard.sandbox.pages.site import Site
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

NEWEST = 40


@dataclass(frozen=True, slots=True)
class Talk:
    """A post and all that was said below it, in the order it was written."""

    post: Post
    replies: list[Post]


async def timeline(site: Site, twin: XTwin, request: Request) -> Response:
    account = twin.talks.accounts.get(request.query_params.get("page", "")) or twin.talks.first_account()
    context = site.frame(request, twin.slug, heard=twin.heard(account), page=account.id)
    return render(
        request,
        "x.html",
        {
            **context,
            "page": account,
            "sign": twin.picture(account),
            "link": twin.link,
            "talks": _talks(twin),
            "known_as": twin.known_as,
            "mine": twin.address("", context["me"].handle),
            "quoted": lambda post: twin.held.post(post.quoted) if post.quoted else None,
        },
    )


def _talks(twin: XTwin) -> list[Talk]:
    standing = [one for one in twin.held.posts.values() if not one.removed]
    roots = sorted(
        (one for one in standing if not one.parent), key=lambda one: (one.at, one.id), reverse=True
    )
    below: dict[str, list[Post]] = {}
    for one in sorted((one for one in standing if one.parent), key=lambda one: (one.at, one.id)):
        below.setdefault(one.conversation, []).append(one)
    return [Talk(root, below.get(root.id, [])) for root in roots[:NEWEST]]
