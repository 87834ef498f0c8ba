"""The messenger as a customer sees it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.meta import media
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Conversation, Direct
from heard.sandbox.pages.render import render
from heard.sandbox.pages.site import Site
from heard.sandbox.pages.timeline import frame

NEWEST = 100


async def chat(site: Site, network: Network, request: Request) -> Response:
    context = frame(site, network, request, "messenger")
    page, me = context["page"], context["me"]
    conversation = network.conversation(page.id, me.handle)
    context["conversation"] = conversation
    context["said"] = network.said[page.id, me.handle][-NEWEST:]
    context["sign"] = media.link(network, f"page/{page.id}.png")
    context["can"] = {"edit", "delete", "react", "read", "block"}
    context["media_kinds"] = ("image",)
    context["typing"] = conversation.typing_until > context["now"]
    context["seen"] = lambda direct: _seen(conversation, direct)
    others = [
        one
        for one in network.conversations.values()
        if one.page == page.id and network.said[page.id, one.handle]
    ]
    others.sort(key=lambda one: one.updated_at, reverse=True)
    context["others"] = [
        (network.person(one.handle), network.said[page.id, one.handle][-1]) for one in others[:30]
    ]
    return render(request, "chat.html", context)


def _seen(conversation: Conversation, direct: Direct) -> bool:
    """Has the page looked at what the customer wrote, or answered it?"""
    return direct.at <= conversation.seen_to
