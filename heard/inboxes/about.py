"""The fields that every event of an inbox carries."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent


class AboutInbox(TypedDict):
    workspace_id: int
    at: datetime
    by_id: int | None
    inbox_id: int
    name: str


def about_inbox(inbox: Inbox, *, now: datetime, by: Agent | None = None) -> AboutInbox:
    return {
        "workspace_id": inbox.workspace_id,
        "at": now,
        "by_id": by.pk if by else None,
        "inbox_id": inbox.pk,
        "name": inbox.name,
    }
