"""The calls that read what is private: profiles, conversations, messages."""

from __future__ import annotations

from typing import Any

from heard.sandbox.meta.graph import people, threads
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import (
    GraphError,
)
from heard.sandbox.meta.graph.fields import Field, pick
from heard.sandbox.meta.graph.paging import listing, page_of
from heard.sandbox.meta.graph.sending import rules_of
from heard.sandbox.meta.graph.tokens import need
from heard.sandbox.meta.things import Conversation, Page, Profile


def read_profile(call: Call, page: Page, handle: str) -> Any:
    need(call, *rules_of(page).rights)
    if not call.network.said[page.id, handle]:
        # Who has never written has not agreed to be looked up.
        raise GraphError(
            "(#230) Requires pages_messaging permission to manage the object", code=230, status=403
        )
    if isinstance(page, Profile):
        shown = people.follower(call.network, page.id, handle)
        return pick(shown, call.fields(people.FOLLOWER), kind="IGBusinessScopedID")
    return pick(people.profile(call.network, page.id, handle), call.fields(people.PROFILE), kind="User")


def read_conversations(call: Call, page: Page) -> Any:
    need(call, *rules_of(page).rights)
    if call.text("platform", "messenger").lower() != PLATFORM[isinstance(page, Profile)]:
        return {"data": []}
    found = [
        one
        for one in call.network.conversations.values()
        if one.page == page.id and call.network.said[one.page, one.handle]
    ]
    if psid := call.text("user_id"):
        found = [one for one in found if call.network.psid(page.id, one.handle) == psid]
    found.sort(key=lambda one: (one.updated_at, one.id), reverse=True)
    some, paging = page_of(call, found, f"{page.id}/conversations")
    fields = call.fields(threads.CONVERSATION)
    rows = [pick(threads.conversation(call.network, one), fields, kind="UnifiedThread") for one in some]
    return listing(call, rows, paging)


PLATFORM = {False: "messenger", True: "instagram"}


def conversation_by_id(call: Call, page: Page, id: str) -> Conversation | None:
    for one in call.network.conversations.values():
        if one.id == id and one.page == page.id:
            return one
    return None


def read_messages(call: Call, thing: Conversation) -> Any:
    need(call, *rules_of(call.network.account(thing.page)).rights)
    said = [one for one in reversed(call.network.said[thing.page, thing.handle]) if not one.removed]
    some, paging = page_of(call, said, f"{thing.id}/messages")
    asked = Field("messages", {"limit": "100000"}, call.fields(threads.MESSAGE))
    shown = {row["id"]: row for row in threads.messages(call.network, thing, asked)["data"]}
    return listing(call, [shown[one.id] for one in some], paging)
