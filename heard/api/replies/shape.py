"""A saved reply as programs see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal, cast

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from heard.api.people import AgentName, agent_name
from heard.replies import models
from heard.replies.facts import LANGUAGES
from heard.replies.propose import change_seen_by, texts_in
from heard.replies.stale import is_stale
from heard.replies.use import Used
from heard.replies.variants import said_by, way_of
from heard.workspaces.models import Agent

Formality = Literal["formal", "informal"]
Audience = Literal["public", "private", "email"]
Length = Literal["short", "normal", "long"]


def _one_of(known: Sequence[str]) -> AfterValidator:
    def checked(given: str) -> str:
        if given not in known:
            raise PydanticCustomError("enum", "not one of these", {"expected": ", ".join(known)})
        return given

    return AfterValidator(checked)


def _told(known: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(known)})


SITUATIONS, BLOCKS = models.Situation.values, models.SavedReply.Block.values
Language = Annotated[str, _one_of(LANGUAGES), _told(LANGUAGES)]
Situation = Annotated[str, _one_of(SITUATIONS), _told(SITUATIONS)]
Block = Annotated[str, _one_of(BLOCKS), _told(BLOCKS)]
Approval = Annotated[str, _told(models.SavedReply.Approval.values)]


class Variant(TypedDict):
    """What is said in one language, to one kind of reader."""

    language: Language
    formality: Formality
    audience: Audience
    length: Length
    text: Annotated[str, Field(description="With placeholders: `{customer.name}`.")]
    stale: Annotated[bool, Field(description="Its source says something else by now.")]


class ReplyFile(TypedDict):
    id: int
    name: str
    content_type: str
    size: int
    alt: str


class Folder(TypedDict):
    id: int
    name: str


class Use(TypedDict):
    times: Annotated[int, Field(description="How often it left in an answer.")]
    last: datetime | None
    kept: Annotated[float | None, Field(description="How much of it was kept on average, 0 to 1.")]


class ChangedVariant(TypedDict):
    """One variant as it would be."""

    language: Language
    formality: Formality
    audience: Audience
    length: Length
    text: Annotated[str, Field(description="Empty: it would go.")]


class Change(TypedDict):
    """What its author wants to change. Until an admin approves it, the reply says what it said before."""

    number: Annotated[int, Field(description="Grows each time it is written anew.")]
    state: Annotated[str, _told(models.ReplyChange.State.values)]
    by: AgentName | None
    at: datetime
    comment: Annotated[str, Field(description="Why an admin sent it back.")]
    titles: dict[str, str]
    source_language: Language
    variants: Annotated[list[ChangedVariant], Field(description="Those that would say something else.")]


class SavedReply(TypedDict):
    id: int
    key: Annotated[str, Field(description="Names it in files, in every workspace.")]
    titles: Annotated[dict[str, str], Field(description="By language.")]
    shortcut: str
    folder: Folder | None
    situation: Situation
    block: Block
    tags: list[str]
    source_language: Language
    owner: AgentName | None
    approval: Approval
    sent_back: Annotated[str, Field(description="Why an admin did not approve it.")]
    expires_on: Annotated[date | None, Field(description="The last day on which it is offered.")]
    archived_at: datetime | None
    version: int
    variants: list[Variant]
    files: list[ReplyFile]
    change: Annotated[
        Change | None, Field(description="For its owner and admins: a change not yet approved.")
    ]
    use: Use
    created_at: datetime
    changed_at: datetime


class SavedReplies(TypedDict):
    items: list[SavedReply]
    next: str | None


class ExportedVariant(TypedDict):
    language: Language
    formality: Formality
    audience: Audience
    length: Length
    text: str
    source_text: Annotated[str, Field(description="What its source said when the two were last in step.")]


class ExportedReply(TypedDict):
    key: str | None
    version: int
    titles: dict[str, str]
    shortcut: str
    folder: Annotated[list[str], Field(description="From the top down.")]
    situation: Situation
    block: Block
    tags: list[str]
    source_language: Language
    expires_on: date | None
    draft: bool
    variants: list[ExportedVariant]


class ExportedReplies(TypedDict):
    format: Literal["heard saved replies"]
    version: Literal[1]
    replies: list[ExportedReply]


def reply_shape(row: models.SavedReply, use: Used, *, agent: Agent) -> SavedReply:
    return {
        "id": row.pk,
        "key": str(row.key),
        "titles": row.titles,
        "shortcut": row.shortcut,
        "folder": {"id": row.folder.pk, "name": row.folder.name} if row.folder else None,
        "situation": row.situation,
        "block": row.block,
        "tags": row.tags,
        "source_language": row.source_language,
        "owner": agent_name(row.owner),
        "approval": row.approval,
        "sent_back": row.sent_back,
        "expires_on": row.expires_on,
        "archived_at": row.archived_at,
        "version": row.version,
        "variants": _variants(row),
        "files": [_file(one) for one in row.files.all()],
        "change": _change(change_seen_by(row, agent)),
        "use": {"times": use.times, "last": use.last, "kept": use.kept},
        "created_at": row.created_at,
        "changed_at": row.changed_at,
    }


def _variants(row: models.SavedReply) -> list[Variant]:
    variants = sorted(row.variants.all(), key=way_of)
    said = said_by(variants)
    return [
        {
            "language": one.language,
            "formality": cast("Formality", one.formality),
            "audience": cast("Audience", one.audience),
            "length": cast("Length", one.length),
            "text": one.text,
            "stale": is_stale(way_of(one), said, row.source_language),
        }
        for one in variants
    ]


def _change(row: models.ReplyChange | None) -> Change | None:
    if row is None:
        return None
    return {
        "number": row.number,
        "state": row.state,
        "by": agent_name(row.by),
        "at": row.made_at,
        "comment": row.comment,
        "titles": row.titles,
        "source_language": row.source_language,
        "variants": [
            {
                "language": way.language,
                "formality": cast("Formality", way.formality),
                "audience": cast("Audience", way.audience),
                "length": cast("Length", way.length),
                "text": text,
            }
            for way, text in sorted(texts_in(row).items())
        ],
    }


def _file(row: models.ReplyFile) -> ReplyFile:
    return {
        "id": row.pk,
        "name": row.name,
        "content_type": row.content_type,
        "size": row.size,
        "alt": row.alt,
    }
