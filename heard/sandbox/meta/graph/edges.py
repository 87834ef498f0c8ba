"""Which call does what: the table of the Graph API's paths that the twin knows."""

from __future__ import annotations

from typing import Any

from heard.sandbox.meta.graph import (
    app_calls,
    control_calls,
    lists,
    private_reading,
    public_calls,
    publishing,
    sending,
)
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError, gone
from heard.sandbox.meta.graph.fields import pick
from heard.sandbox.meta.graph.people import USER, portrait, user
from heard.sandbox.meta.graph.threads import conversation, direct
from heard.sandbox.meta.instagram import edges as instagram
from heard.sandbox.meta.instagram.whose import whose
from heard.sandbox.meta.things import Page

FEEDS = ("feed", "posts", "published_posts", "visitor_posts")
CONTROLS = (
    "take_thread_control",
    "pass_thread_control",
    "release_thread_control",
    "request_thread_control",
    "extend_thread_control",
)


async def answer(call: Call) -> Any:
    """Raises GraphError."""
    node, edge = call.parts[0], "/".join(call.parts[1:])
    if node in call.network.apps and edge == "subscriptions":
        return await app_calls.subscriptions(call, call.network.apps[node])
    if call.app_token:
        raise GraphError(
            "(#190) This method must be called with a Page Access Token", code=190, subcode=2069032
        )
    if profile := whose(call):
        return await instagram.answer(call, profile)
    with call.network.storage.together():
        if node == "me":
            return _of_me(call, edge)
        if node in call.network.pages:
            return _of_page(call, call.network.pages[node], edge)
        return _of_object(call, node, edge)


def _of_me(call: Call, edge: str) -> Any:
    if edge == "accounts":
        return app_calls.accounts(call)
    if not edge and call.method == "GET":
        return app_calls.read_me(call)
    return _of_page(call, call.page, edge)


def _of_page(call: Call, page: Page, edge: str) -> Any:
    if not edge and call.method == "GET":
        return app_calls.read_page(call, page)
    if edge == "picture":
        return {"data": {"url": call.network.address.below(f"scontent.xx.fbcdn.net/page/{page.id}.png")}}
    if call.page.id != page.id:
        raise gone(page.id, call.method)
    if edge == "feed" and call.method == "POST":
        return publishing.publish(call, page)
    if edge in FEEDS and call.method == "GET":
        return lists.read_feed(call, page, edge=edge)
    if edge in CONTROLS and call.method == "POST":
        return control_calls.control(call, page, edge=edge)
    known = PAGE_EDGES.get((call.method, edge))
    if known is None:
        raise _unknown(call, edge)
    return known(call, page)


PAGE_EDGES = {
    ("POST", "photos"): publishing.publish_photo,
    ("GET", "tagged"): lists.read_tagged,
    ("GET", "ratings"): lists.read_ratings,
    ("POST", "messages"): sending.send,
    ("POST", "message_attachments"): sending.keep_attachment,
    ("GET", "conversations"): private_reading.read_conversations,
    ("GET", "thread_owner"): control_calls.thread_owner,
    ("POST", "moderate_conversations"): control_calls.moderate,
    **{(method, "blocked"): control_calls.blocked for method in ("GET", "POST", "DELETE")},
    **{(method, "subscribed_apps"): app_calls.subscribed_apps for method in ("GET", "POST", "DELETE")},
}


def _of_object(call: Call, id: str, edge: str) -> Any:
    known = OBJECT_EDGES.get((call.method, edge))
    if known is not None:
        return known(call, id)
    network = call.network
    thing = network.comments.get(id) or network.posts.get(id) or network.mentions.get(id)
    if thing or id in network.reviews:
        if edge or call.method != "GET":
            raise _unknown(call, edge)
        return public_calls.read_node(call, public_calls.own(call, id))
    return _of_private_object(call, id, edge)


OBJECT_EDGES = {
    ("GET", "comments"): public_calls.read_comments,
    ("POST", "comments"): public_calls.write_comment,
    ("GET", "likes"): public_calls.read_likes,
    ("GET", "reactions"): public_calls.read_likes,
    ("POST", "likes"): public_calls.like,
    ("DELETE", "likes"): public_calls.unlike,
    ("POST", ""): public_calls.change_node,
    ("DELETE", ""): public_calls.remove_node,
}


def _of_private_object(call: Call, id: str, edge: str) -> Any:
    network, page = call.network, call.page
    if id.startswith("t_") and (thread := private_reading.conversation_by_id(call, page, id)):
        if edge == "messages":
            return private_reading.read_messages(call, thread)
        return pick(conversation(network, thread), call.fields("id,link,updated_time"), kind="UnifiedThread")
    message = network.directs.get(id)
    if message and message.page == page.id and not message.removed and not edge:
        return pick(direct(network, message), call.fields("id,created_time"), kind="Message")
    handle = network.handle(id)
    if handle is None or call.method != "GET":
        raise gone(id, call.method)
    if edge == "picture":
        return {"data": {"url": portrait(network, handle), "is_silhouette": False}}
    if network.psid(page.id, handle) == id:
        return private_reading.read_profile(call, page, handle)
    if network.public_id(page.id, handle) == id:
        return pick(user(network, page.id, handle), call.fields(USER), kind="User")
    raise gone(id, call.method)


def _unknown(call: Call, edge: str) -> GraphError:
    if call.method == "GET":
        return GraphError(f"(#100) Tried accessing nonexisting field ({edge}) on node", code=100)
    return GraphError(
        f"Unsupported {call.method.lower()} request: {edge or 'no such edge'}",
        code=100,
        subcode=33,
        kind="GraphMethodException",
    )
