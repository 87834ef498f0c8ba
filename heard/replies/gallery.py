"""Saved replies that a workspace shows to everybody, to copy and to take along. Nothing is shown until an admin says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from heard.events.publishing import publish
from heard.placeholders.fill import fill
from heard.placeholders.wrong import WrongWording
from heard.replies.events import GalleryChanged, SavedReplyPublished, about
from heard.replies.exchange.record import Record
from heard.replies.folders import tree, within
from heard.replies.labels import LABELS
from heard.replies.locked import lock_reply
from heard.replies.models import Folder, Gallery, SavedReply
from heard.replies.offered import approved_in
from heard.replies.rights import stop_unless_admin
from heard.replies.stale import Said, is_stale
from heard.replies.variants import said_by
from heard.replies.ways import Way, source_of
from heard.replies.write_out import as_record
from heard.workspaces.models import Agent, Workspace


@dataclass(frozen=True, slots=True)
class ShownText:
    """One way of saying it. `text` has what is to be filled in between square brackets."""

    way: Way
    text: str


@dataclass(frozen=True, slots=True)
class ShownReply:
    title: str
    situation: str
    texts: Sequence[ShownText]


def gallery_of(slug: str) -> Workspace | None:
    """The workspace at that address, where it shows anything at all."""
    return Workspace.objects.filter(slug=slug, gallery__is_on=True).first()


@transaction.atomic
def change_gallery(
    workspace: Workspace, *, is_on: bool, folders: Collection[int], by: Agent, now: datetime
) -> None:
    """`folders` are shown with all that lies in them. Raises ForAdmins."""
    stop_unless_admin(by)
    here = Folder.objects.filter(workspace=workspace)
    here.exclude(pk__in=folders).update(is_public=False)
    here.filter(pk__in=folders).update(is_public=True)
    Gallery.objects.update_or_create(workspace=workspace, defaults={"is_on": is_on})
    shown = sorted(here.filter(is_public=True).values_list("pk", flat=True))
    publish(GalleryChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, is_on=is_on, folders=shown))


@transaction.atomic
def show_in_gallery(reply: SavedReply, *, on: bool, by: Agent, now: datetime) -> None:
    """By itself, wherever it lies. Raises ForAdmins."""
    stop_unless_admin(by)
    reply = lock_reply(reply)
    if reply.is_public != on:
        reply.is_public = on
        reply.save(update_fields=["is_public"])
        publish(SavedReplyPublished(**about(reply, now=now, by=by), on=on))


def published(workspace: Workspace, *, now: datetime) -> list[SavedReply]:
    """What is approved and in use, of what was chosen."""
    usable = approved_in(workspace, now=now)
    chosen = usable.filter(is_public=True) | usable.filter(folder__in=_public_folders(workspace))
    return list(chosen.prefetch_related("variants").order_by("pk"))


def shown_in(language: str, replies: Sequence[SavedReply]) -> list[ShownReply]:
    """What is said in that language, by title."""
    shown = [
        ShownReply(reply.title(language), reply.get_situation_display(), texts)
        for reply in replies
        if (texts := _texts(reply, language))
    ]
    return sorted(shown, key=lambda one: one.title.casefold())


def records_to_take(replies: Sequence[SavedReply]) -> list[Record]:
    """For a file that every Heard reads. Of us there is nothing in it but what the page shows."""
    return [_plain(as_record(reply, {}), reply) for reply in replies]


def readable(text: str, language: str, formality: str) -> str:
    """With no value filled in: what is missing stands in square brackets, called as agents see it.

    Raises WrongWording.
    """
    filled = fill(text, {}, language=language, formality=formality)
    pieces, end = [], 0
    with override(language):
        for blank in filled.missing:
            label = str(LABELS.get(blank.name, blank.name))
            pieces += [filled.text[end : blank.start], f"[{label}]"]
            end = blank.end
    return "".join([*pieces, filled.text[end:]])


def _public_folders(workspace: Workspace) -> set[int]:
    branches = tree(Folder.objects.filter(workspace=workspace))
    return {pk for branch in branches if branch.folder.is_public for pk in within(branch.folder, branches)}


def _texts(reply: SavedReply, language: str) -> list[ShownText]:
    shown = []
    for way, said in sorted(said_by(reply.variants.all()).items()):
        if way.language != language:
            continue
        try:
            shown.append(ShownText(way, readable(said.text, language, way.formality)))
        except WrongWording:  # loaded by hand; nobody could use it
            continue
    return shown


def _plain(record: Record, reply: SavedReply) -> Record:
    """Neither tags nor what a source said in earlier times, before it was shown to anybody."""
    said = said_by(reply.variants.all())
    texts = {way: Said(one.text, _source_text(way, said, reply.source_language)) for way, one in said.items()}
    return replace(record, texts=texts, tags=(), shortcut="")


def _source_text(way: Way, said: dict[Way, Said], source: str) -> str:
    origin = source_of(way, said, source)
    return "" if origin is None or is_stale(way, said, source) else said[origin].text
