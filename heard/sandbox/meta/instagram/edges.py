"""Which call about an account on Instagram does what."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from heard.sandbox.meta.graph import app_calls, private_reading, sending, threads
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import gone
from heard.sandbox.meta.graph.fields import pick
from heard.sandbox.meta.instagram import calls, publishing
from heard.sandbox.meta.things import Comment, Post, Profile

Answers = Mapping[tuple[str, str], Callable[[Call, Any], Any]]

OF_ACCOUNT: Answers = {
    ("GET", ""): calls.read_account,
    ("GET", "media"): calls.read_pictures,
    ("POST", "media"): publishing.make_container,
    ("POST", "media_publish"): publishing.publish,
    ("GET", "content_publishing_limit"): publishing.read_limit,
    ("POST", "mentions"): calls.answer_mention,
    ("POST", "messages"): sending.send,
    ("GET", "conversations"): private_reading.read_conversations,
    **{(method, "subscribed_apps"): app_calls.subscribed_apps for method in ("GET", "POST", "DELETE")},
}
OF_PICTURE: Answers = {
    ("GET", ""): calls.read_picture,
    ("GET", "comments"): calls.read_comments,
    ("POST", "comments"): calls.write_comment,
}
OF_COMMENT: Answers = {
    ("GET", ""): calls.read_comment,
    ("GET", "replies"): calls.read_comments,
    ("POST", "replies"): calls.write_comment,
    ("POST", ""): calls.hide_comment,
    ("DELETE", ""): calls.remove_comment,
}


async def answer(call: Call, profile: Profile) -> Any:
    """Raises GraphError."""
    node, edge = call.parts[0], "/".join(call.parts[1:])
    with call.network.storage.together():
        if node in {"me", profile.id, profile.linked}:
            done = _by(OF_ACCOUNT, call, profile, edge)
        else:
            done = _of_object(call, profile, node, edge)
    return await done if inspect.isawaitable(done) else done


def _by(table: Answers, call: Call, thing: Any, edge: str) -> Any:
    known = table.get((call.method, edge))
    if known is None:
        raise gone(call.parts[0], call.method)
    return known(call, thing)


def _of_object(call: Call, profile: Profile, id: str, edge: str) -> Any:
    network = call.network
    thing: Post | Comment | None = network.comments.get(id) or network.posts.get(id)
    if thing is not None:
        if thing.removed or thing.page != profile.id:
            raise gone(id, call.method)
        return _by(OF_COMMENT if isinstance(thing, Comment) else OF_PICTURE, call, thing, edge)
    if call.method != "GET":
        raise gone(id, call.method)
    container = network.containers.get(id)
    if container is not None and container.page == profile.id:
        return publishing.read_container(call, container)
    return _private(call, profile, id, edge)


def _private(call: Call, profile: Profile, id: str, edge: str) -> Any:
    network = call.network
    if thread := private_reading.conversation_by_id(call, profile, id):
        if edge == "messages":
            return private_reading.read_messages(call, thread)
        return pick(threads.conversation(network, thread), call.fields("id"), kind="UnifiedThread")
    message = network.directs.get(id)
    if message and message.page == profile.id and not message.removed:
        return pick(threads.direct(network, message), call.fields("id,created_time"), kind="Message")
    handle = network.handle(id)
    if handle is None or network.psid(profile.id, handle) != id:
        raise gone(id, call.method)
    return private_reading.read_profile(call, profile, handle)
