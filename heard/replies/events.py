"""What can happen to saved replies. Each is a row of the event log; none tells what a reply says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heard.events.publishing import Event
from heard.replies.models import Folder, SavedReply
from heard.workspaces.models import Agent


@dataclass(frozen=True, kw_only=True)
class SavedReplyEvent(Event):
    reply_id: int


@dataclass(frozen=True, kw_only=True)
class SavedReplyAdded(SavedReplyEvent):
    approval: str


@dataclass(frozen=True, kw_only=True)
class SavedReplyChanged(SavedReplyEvent):
    """`ways` names the variants that say something else now, `version` is the new one."""

    changed: list[str]
    ways: list[str]
    version: int
    approval: str


@dataclass(frozen=True, kw_only=True)
class SavedReplyInStep(SavedReplyEvent):
    """Somebody looked through translations and found them right."""

    ways: list[str]


@dataclass(frozen=True, kw_only=True)
class SavedReplyChangeKept(SavedReplyEvent):
    """An agent wrote an approved reply anew. What was approved is used until an admin agrees; `state` says whether
    the change waits for one or is a draft."""

    ways: list[str]
    state: str


class SavedReplyChangeDropped(SavedReplyEvent): ...


class SavedReplyApproved(SavedReplyEvent):
    """The reply itself, or a change of it that waited."""


@dataclass(frozen=True, kw_only=True)
class SavedReplySentBack(SavedReplyEvent):
    reason: str


class SavedReplyArchived(SavedReplyEvent): ...


class SavedReplyBroughtBack(SavedReplyEvent): ...


@dataclass(frozen=True, kw_only=True)
class SavedReplyInserted(SavedReplyEvent):
    """Put into an answer that is being written; what became of it there is in `ReplyUse`."""

    language: str


@dataclass(frozen=True, kw_only=True)
class SavedRepliesRead(Event):
    """A file brought saved replies in."""

    form: str
    added: int
    changed: int
    macros: int


@dataclass(frozen=True, kw_only=True)
class SavedReplyPublished(SavedReplyEvent):
    """Shown to everybody, or not any more."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class GalleryChanged(Event):
    """`folders` are the ids of those that everybody sees."""

    is_on: bool
    folders: list[int]


class StandingChanged(Event):
    """What replies say of the workspace every time."""


@dataclass(frozen=True, kw_only=True)
class FolderEvent(Event):
    folder_id: int
    name: str


class ReplyFolderAdded(FolderEvent): ...


class ReplyFolderChanged(FolderEvent): ...


class ReplyFolderRemoved(FolderEvent): ...


def about(reply: SavedReply, *, now: datetime, by: Agent | None) -> dict[str, Any]:
    """What every event of a saved reply says."""
    return {
        "workspace_id": reply.workspace_id,
        "at": now,
        "by_id": by.pk if by else None,
        "reply_id": reply.pk,
    }


def about_folder(folder: Folder, *, now: datetime, by: Agent) -> dict[str, Any]:
    return {
        "workspace_id": folder.workspace_id,
        "at": now,
        "by_id": by.pk,
        "folder_id": folder.pk,
        "name": folder.name,
    }
