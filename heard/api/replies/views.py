"""Saved replies: list them, write one, change it, put it out of use, take all of them along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, AskedFor, Cursor, Id, Limit, Line, Nothing
from heard.api.numbered import id_in, next_id
from heard.api.replies.shape import (
    Audience,
    Block,
    ExportedReplies,
    Formality,
    Language,
    Length,
    SavedReplies,
    SavedReply,
    Situation,
    reply_shape,
)
from heard.api.routes import Query, Router
from heard.replies import approve as approving
from heard.replies import archive as archiving
from heard.replies import models, queries
from heard.replies import write as writing
from heard.replies.exchange.files_json import FORMAT, shape
from heard.replies.facts import LANGUAGES, BadFact, Facts
from heard.replies.files import Files
from heard.replies.propose import facts_for
from heard.replies.queries import replies_of
from heard.replies.use import used
from heard.replies.variants import said_by
from heard.replies.ways import Way
from heard.replies.write import Wanted
from heard.replies.write_out import records_of
from heard.workspaces.models import Agent

router = Router(tags=["Saved replies"])


def _day(given: Any) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("no_such_day", "not a day") from error


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Text = Annotated[str, Field(max_length=20_000, pattern=TEXT)]
Titles = Annotated[dict[Line, Line], Field(max_length=len(LANGUAGES), description="By language.")]


class VariantBody(Asked):
    """What is said in one language, to one kind of reader."""

    language: Language
    formality: Formality = "formal"
    audience: Audience = "private"
    length: Length = "normal"
    text: Annotated[Text, Field(description="Empty takes it away.")]


class NewSavedReply(Asked):
    titles: Titles
    variants: Annotated[list[VariantBody], Field(max_length=200)]
    shortcut: Line = ""
    folder: Id | None = None
    situation: Situation = "other"
    block: Block = "whole"
    tags: Annotated[list[Line], Field(max_length=20)] = []  # noqa: RUF012  pydantic copies it
    source_language: Language = "en"
    expires_on: Day | None = None
    files: Annotated[list[Id], Field(max_length=10, description="Ids of what you have uploaded.")] = []  # noqa: RUF012
    draft: Annotated[bool, Field(description="Only you and admins see it.")] = False


class ChangedSavedReply(Asked):
    """What is left out stays as it is."""

    titles: Titles | None = None
    variants: Annotated[
        list[VariantBody], Field(max_length=200, description="Those that are said anew, or no longer.")
    ] = []  # noqa: RUF012
    in_step: Annotated[
        list[Language], Field(max_length=20, description="Languages that are right as they stand.")
    ] = []  # noqa: RUF012
    shortcut: Line | None = None
    folder: Annotated[Id | None, Field(description="Null takes it out of its folder.")] = None
    situation: Situation | None = None
    block: Block | None = None
    tags: Annotated[list[Line], Field(max_length=20)] | None = None
    source_language: Language | None = None
    expires_on: Day | None = None
    files: Annotated[list[Id], Field(max_length=10, description="To be added.")] = []  # noqa: RUF012
    draft: bool | None = None
    version: Annotated[
        int | None, Field(description="The version you have seen: refused where there is a newer one.")
    ] = None


class ApproveSavedReply(Asked):
    change: Annotated[
        int | None,
        Field(description="Number of the change you have seen: refused where it was written anew."),
    ] = None


class ReturnSavedReply(Asked):
    comment: Annotated[str, Field(max_length=500, pattern=TEXT, description="What to change.")]


class RepliesAsked(AskedFor):
    q: Annotated[Line | None, Field(description="Words of a title, text, tag or shortcut.")] = None
    folder: Id | None = None
    tag: Line | None = None
    language: Language | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


@router.get("", response=reads(SavedReplies, 400), summary="Saved replies")
def saved_replies(request: ApiRequest, asked: Query[RepliesAsked]) -> HttpResponse:
    """Newest first. Archived ones are left out."""
    wanted = queries.Asked(
        words=asked.q or "", folder=asked.folder, tag=asked.tag or "", language=asked.language or ""
    )
    today = timezone.now().date()
    rows = queries.listed(request.agent, wanted, today=today, language="").order_by("-pk")
    if asked.cursor:
        rows = rows.filter(pk__lt=id_in(asked.cursor))
    found = list(rows.prefetch_related("variants", "files")[: asked.limit + 1])
    uses = used(found)
    listed: SavedReplies = {
        "items": [reply_shape(row, uses[row.pk], agent=request.agent) for row in found[: asked.limit]],
        "next": next_id(found, asked.limit),
    }
    return answer(listed)


@router.get("/export", response=reads(ExportedReplies), summary="All saved replies as one file")
def export_replies(request: ApiRequest) -> HttpResponse:
    """All that you see and that is not archived, as the page “In and out” takes it back. Files stay here."""
    replies = [shape(record) for record in records_of(request.agent)]
    return answer({"format": FORMAT, "version": 1, "replies": replies})


@router.post("", response=writes(SavedReply, status=201), summary="Write a saved reply")
def write_saved_reply(request: ApiRequest, body: NewSavedReply) -> HttpResponse:
    """It is your own. Where your workspace wants that, it waits for an admin."""
    facts = Facts(
        titles=body.titles,
        shortcut=body.shortcut,
        folder=_folder(request.agent, body.folder),
        situation=body.situation,
        block=body.block,
        tags=body.tags,
        source_language=body.source_language,
        expires_on=body.expires_on,
    )
    wanted = Wanted(
        facts=facts, texts=_texts(body.variants), files=Files(uploads=body.files), draft=body.draft
    )
    reply = writing.add(wanted, by=request.agent, now=timezone.now())
    return _shown(request.agent, reply.pk, 201)


@router.get("/{int:reply_id}", response=reads(SavedReply, 404), summary="One saved reply")
def one_saved_reply(request: ApiRequest, reply_id: Id) -> HttpResponse:
    return _shown(request.agent, reply_id)


@router.post("/{int:reply_id}/change", response=writes(SavedReply, 403, 404))
def change_saved_reply(request: ApiRequest, reply_id: Id, body: ChangedSavedReply) -> HttpResponse:
    """A change of titles, words or files makes a new version. Agents change their own, admins all. Where admins
    approve what agents write, the new words of an approved reply wait in `change`, and `variants` stay."""
    reply = _reply(request.agent, reply_id)
    given = body.model_dump(include=body.model_fields_set & FACTS)
    if "folder" in given:
        given["folder"] = _folder(request.agent, body.folder)
    if any(value is None for name, value in given.items() if name not in MAY_BE_NONE):
        raise BadFact("facts", "missing")
    wanted = Wanted(
        facts=replace(facts_for(reply, request.agent), **given) if given else None,
        texts=_texts(body.variants),
        checked=[way for way in said_by(reply.variants.all()) if way.language in body.in_step],
        files=Files(uploads=body.files),
        draft=body.draft,
        seen=body.version,
    )
    writing.change(reply, wanted, by=request.agent, now=timezone.now())
    return _shown(request.agent, reply_id)


@router.post("/{int:reply_id}/archive", response=writes(SavedReply, 403, 404))
def archive_saved_reply(request: ApiRequest, reply_id: Id, body: Nothing | None = None) -> HttpResponse:
    """Out of use. Nothing is deleted."""
    archiving.archive(_reply(request.agent, reply_id), by=request.agent, now=timezone.now())
    return _shown(request.agent, reply_id)


@router.post("/{int:reply_id}/bring-back", response=writes(SavedReply, 403, 404))
def bring_back_saved_reply(request: ApiRequest, reply_id: Id, body: Nothing | None = None) -> HttpResponse:
    """In use again."""
    archiving.bring_back(_reply(request.agent, reply_id), by=request.agent, now=timezone.now())
    return _shown(request.agent, reply_id)


@router.post("/{int:reply_id}/approve", response=writes(SavedReply, 403, 404))
def approve_saved_reply(
    request: ApiRequest, reply_id: Id, body: ApproveSavedReply | None = None
) -> HttpResponse:
    """By an admin: the reply that waits, or the change of it that does. From now on everybody is offered it."""
    seen = body.change if body else None
    approving.approve(_reply(request.agent, reply_id), by=request.agent, now=timezone.now(), seen=seen)
    return _shown(request.agent, reply_id)


@router.post("/{int:reply_id}/return", response=writes(SavedReply, 403, 404))
def return_saved_reply(request: ApiRequest, reply_id: Id, body: ReturnSavedReply) -> HttpResponse:
    """By an admin, to whoever wrote it: not like this."""
    reply = _reply(request.agent, reply_id)
    approving.send_back(reply, reason=body.comment, by=request.agent, now=timezone.now())
    # A reply that is a draft again is its owner's and the admins'.
    return _shown(request.agent, reply_id)


@router.post("/{int:reply_id}/drop-change", response=writes(SavedReply, 403, 404))
def drop_change_of_saved_reply(
    request: ApiRequest, reply_id: Id, body: Nothing | None = None
) -> HttpResponse:
    """What was approved stays. Harmless where no change is kept."""
    approving.drop_change(_reply(request.agent, reply_id), by=request.agent, now=timezone.now())
    return _shown(request.agent, reply_id)


FACTS = {"titles", "shortcut", "folder", "situation", "block", "tags", "source_language", "expires_on"}
MAY_BE_NONE = {"folder", "expires_on"}


def _texts(variants: list[VariantBody]) -> dict[Way, str]:
    return {Way(one.language, one.formality, one.audience, one.length): one.text for one in variants}


def _folder(agent: Agent, folder_id: int | None) -> models.Folder | None:
    """Raises BadFact."""
    if folder_id is None:
        return None
    found = models.Folder.objects.visible_to(agent).filter(pk=folder_id).first()
    if found is None:
        raise BadFact("folder", "unknown")
    return found


def _reply(agent: Agent, reply_id: int) -> models.SavedReply:
    known = replies_of(agent).prefetch_related("variants", "files")
    reply: models.SavedReply = get_object_or_404(known, pk=reply_id)
    return reply


def _shown(agent: Agent, reply_id: int, status: int = 200) -> HttpResponse:
    reply = _reply(agent, reply_id)
    return answer(reply_shape(reply, used([reply])[reply.pk], agent=agent), status)
