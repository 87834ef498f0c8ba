"""The calls about who may write: which app controls a thread, and whom the page blocks."""

from __future__ import annotations

from typing import Any

from heard.sandbox.meta import private
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import (
    wrong,
)
from heard.sandbox.meta.graph.sending import partner
from heard.sandbox.meta.graph.tokens import need
from heard.sandbox.meta.things import Conversation, Page


def control(call: Call, page: Page, *, edge: str) -> Any:
    need(call, "pages_messaging")
    recipient = call.thing("recipient")
    psid = str(recipient.get("id", "")) if isinstance(recipient, dict) else ""
    handle = partner(call, page, psid)
    conversation = call.network.conversation(page.id, handle)
    mine = call.app.id if call.app else ""
    before, after = conversation.owner, conversation.owner
    if edge == "take_thread_control":
        after = mine
    elif edge == "pass_thread_control":
        after = call.text("target_app_id")
    elif edge == "release_thread_control":
        after = ""
    hand_over(call, conversation, edge, before=before, after=after)
    return {"success": True}


def hand_over(call: Call, conversation: Conversation, edge: str, *, before: str, after: str) -> None:
    conversation.owner = after
    call.network.keep(conversation)
    detail: dict[str, Any] = {"metadata": call.text("metadata")}
    if edge == "request_thread_control":
        detail["requested_owner_app_id"] = call.app.id if call.app else ""
    elif edge == "extend_thread_control" or before == after:
        return
    else:
        detail |= {"previous_owner_app_id": before, "new_owner_app_id": after}
    event = "pass_thread_control" if edge == "release_thread_control" else edge
    private.tell_handover(call.network, conversation, event, detail)


def thread_owner(call: Call, page: Page) -> Any:
    handle = partner(call, page, call.text("recipient"))
    owner = call.network.conversation(page.id, handle).owner or page.apps.get("messenger", "")
    return {"data": [{"thread_owner": {"app_id": owner}}]}


# ── blocking ──


def blocked(call: Call, page: Page) -> Any:
    if call.method == "GET":
        rows = [
            {"id": call.network.public_id(page.id, handle), "name": call.network.person(handle).name}
            for handle in page.blocked
        ]
        return {"data": rows}
    ids = call.names("user") or call.names("psid") or call.names("asid") or call.names("uid")
    done = {}
    for id in ids:
        handle = call.network.handle(id)
        if handle is None:
            raise wrong(f"Cannot find user {id}")
        _block(call, page, handle, blocked=call.method == "POST")
        done[id] = True
    return done if call.method == "POST" else {"success": True}


def moderate(call: Call, page: Page) -> Any:
    users, actions = call.thing("user_ids"), call.names("actions")
    if not isinstance(users, list) or not actions:
        raise wrong("user_ids and actions are required.")
    for user in users:
        handle = call.network.handle(str(user.get("id", ""))) if isinstance(user, dict) else None
        if handle is None:
            raise wrong("Cannot find one of user_ids")
        for action in actions:
            _moderate(call, page, handle, action)
    return {"success": True}


def _moderate(call: Call, page: Page, handle: str, action: str) -> None:
    if action in {"BLOCK_USER", "BAN_USER", "UNBLOCK_USER", "UNBAN_USER"}:
        _block(call, page, handle, blocked=not action.startswith("UN"))
    elif action == "MOVE_TO_SPAM":
        conversation = call.network.conversation(page.id, handle)
        conversation.spam = True
        call.network.keep(conversation)
    else:
        raise wrong(f"Unknown action {action!r}.")


def _block(call: Call, page: Page, handle: str, *, blocked: bool) -> None:
    page.blocked = [one for one in page.blocked if one != handle] + ([handle] if blocked else [])
    call.network.keep(page)
