"""A conversation as a customer of a private network sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.pages.render import render
from heard.sandbox.pages.site import Site
from heard.sandbox.talks.things import Account, Conversation, Direct

if TYPE_CHECKING:
    from heard.sandbox.talks.twin import TalkTwin

NEWEST, OTHERS = 100, 30


async def chat(site: Site, twin: TalkTwin, request: Request) -> Response:
    account = twin.talks.accounts.get(request.query_params.get("page", "")) or twin.talks.first_account()
    context = site.frame(request, twin.slug, heard=twin.heard(account), page=account.id)
    conversation = twin.talks.conversation(account.id, context["me"].handle)
    return render(
        request,
        "chat.html",
        {
            **context,
            "page": account,
            "conversation": conversation,
            "said": twin.talks.said[account.id, conversation.handle][-NEWEST:],
            "others": _others(site, twin, account),
            "typing": conversation.typing_until > context["now"],
            "seen": lambda direct: _seen(conversation, direct),
            "link": twin.link,
            "sign": twin.picture(account),
            "can": twin.can,
            "media_kinds": twin.media_kinds,
        },
    )


def _others(site: Site, twin: TalkTwin, account: Account) -> list[tuple[object, Direct]]:
    talking = [
        one
        for one in twin.talks.conversations.values()
        if one.account == account.id and twin.talks.said[account.id, one.handle]
    ]
    talking.sort(key=lambda one: one.updated_at, reverse=True)
    return [
        (site.ground.cast.person(one.handle), twin.talks.said[account.id, one.handle][-1])
        for one in talking[:OTHERS]
    ]


def _seen(conversation: Conversation, direct: Direct) -> bool:
    """Has the account looked at what the customer wrote?"""
    return direct.at <= conversation.seen_to
