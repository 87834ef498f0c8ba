"""A saved reply as programs see it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from heard.api.people import AgentName, agent_name
from heard.replies import models
from heard.replies.facts import LANGUAGES
from heard.replies.stale import is_stale
from heard.replies.use import Used
from heard.replies.variants import said_by, way_of

Formality = Literal["formal", "informal"]
Audience = Literal["public", "private", "email"]
Length = Literal["short", "normal", "long"]
Language = Annotated[str, WithJsonSchema({"type": "string", "enum": list(LANGUAGES)})]
Situation = Annotated[str, WithJsonSchema({"type": "string", "enum": models.Situation.values})]
Block = Annotated[str, WithJsonSchema({"type": "string", "enum": models.SavedReply.Block.values})]
Approval = Annotated[str, WithJsonSchema({"type": "string", "enum": models.SavedReply.Approval.values})]


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


def reply_shape(row: models.SavedReply, use: Used) -> SavedReply:
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
            "formality": one.formality,
            "audience": one.audience,
            "length": one.length,
            "text": one.text,
            "stale": is_stale(way_of(one), said, row.source_language),
        }
        for one in variants
    ]


def _file(row: models.ReplyFile) -> ReplyFile:
    return {
        "id": row.pk,
        "name": row.name,
        "content_type": row.content_type,
        "size": row.size,
        "alt": row.alt,
    }
