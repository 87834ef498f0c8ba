"""Saved replies as records, for files that leave Heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from heard.replies.exchange.record import Record
from heard.replies.models import Folder, SavedReply
from heard.replies.variants import said_by
from heard.workspaces.models import Agent


def records_of(agent: Agent) -> list[Record]:
    """All that the agent may see and that is not archived, in the order in which they came. Files stay here."""
    known = SavedReply.objects.visible_to(agent).filter(archived_at=None)
    folders = {folder.pk: folder for folder in Folder.objects.visible_to(agent)}
    return [as_record(reply, folders) for reply in known.prefetch_related("variants").order_by("pk")]


def as_record(reply: SavedReply, folders: Mapping[int, Folder]) -> Record:
    texts = said_by(reply.variants.all())
    return Record(
        line=0,
        titles=reply.titles,
        texts=texts,
        key=reply.key,
        version=reply.version,
        shortcut=reply.shortcut,
        folder=list(_path(reply.folder_id, folders)),
        situation=reply.situation,
        block=reply.block,
        tags=reply.tags,
        source_language=reply.source_language,
        expires_on=reply.expires_on,
        draft=reply.approval == SavedReply.Approval.DRAFT,
        knows_sources=True,
    )


def _path(pk: int | None, folders: Mapping[int, Folder]) -> Iterable[str]:
    names: list[str] = []
    while pk is not None and pk in folders:
        names.append(folders[pk].name)
        pk = folders[pk].parent_id
    return reversed(names)
