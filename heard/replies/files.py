"""Pictures and files that go with a saved reply: checked as every upload is, copied for each use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from heard.kept_files import drop_file, keep_file, path_of
from heard.replies.models import ReplyFile, SavedReply
from heard.uploads.models import UploadedFile
from heard.uploads.taken import end, uploads_of
from heard.uploads.upload import BadFile, look_at, upload
from heard.workspaces.models import Agent

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class File:
    """Chosen on somebody's device."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """`alts` and `left_out` name files that the reply has already, `uploads` what was handed over before."""

    new: Sequence[File] = ()
    uploads: Sequence[int] = ()
    alts: Mapping[int, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()


def put_files(reply: SavedReply, files: Files, *, by: Agent) -> bool:
    """Of a locked reply. Gives whether anything is different now. Raises BadFile or NoSuchFile."""
    left_out = _leave_out(reply, files.left_out)
    described = _describe(reply, files.alts)
    uploads = uploads_of(files.uploads, by=by, lock=True)
    if reply.files.count() + len(files.new) + len(uploads) > MOST:
        raise BadFile("many")
    last = reply.files.aggregate(last=Max("position"))["last"] or 0
    for position, file in enumerate(files.new, last + 1):
        _add(reply, file, position)
    for position, uploaded in enumerate(uploads, last + len(files.new) + 1):
        _take(reply, uploaded, position)
    end(uploads)
    return left_out or described or bool(files.new) or bool(uploads)


def for_use(reply: SavedReply, agent: Agent, *, now: datetime, place: str = "") -> list[UploadedFile]:
    """Uploads of the agent's own, so that whoever sends one takes nothing away from the reply.

    A file whose copy is gone from the disk is left out. Raises BadFile where there is no room for more.
    """
    kept = ReplyFile.objects.visible_to(agent).filter(reply=reply).order_by("position", "pk")
    made = []
    for one in kept:
        try:
            content = path_of(str(one.key)).read_bytes()
        except OSError:
            continue
        made.append(upload(name=one.name, content=content, by=agent, now=now, place=place, alt=one.alt))
    return made


def _leave_out(reply: SavedReply, left_out: Iterable[int]) -> bool:
    gone = list(reply.files.filter(pk__in=left_out))
    ReplyFile.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for one in gone:
        transaction.on_commit(lambda key=str(one.key): drop_file(key))  # type: ignore[misc]
    return bool(gone)


def _describe(reply: SavedReply, alts: Mapping[int, str]) -> bool:
    changed = []
    for one in reply.files.filter(pk__in=alts):
        alt = alts[one.pk].replace("\x00", "").strip()[:1000]
        if alt != one.alt:
            one.alt = alt
            changed.append(one)
    ReplyFile.objects.bulk_update(changed, ["alt"])
    return bool(changed)


def _add(reply: SavedReply, file: File, position: int) -> None:
    found = look_at(file.name, file.content)
    kept = ReplyFile.objects.create(
        workspace_id=reply.workspace_id,
        reply=reply,
        name=found.name,
        content_type=found.content_type,
        size=len(found.content),
        width=found.width,
        height=found.height,
        position=position,
    )
    keep_file(str(kept.key), found.content)


def _take(reply: SavedReply, uploaded: UploadedFile, position: int) -> None:
    """It keeps its key, and so the copy on the disk."""
    ReplyFile.objects.create(
        workspace_id=reply.workspace_id,
        reply=reply,
        key=uploaded.key,
        name=uploaded.name,
        content_type=uploaded.content_type,
        size=uploaded.size,
        width=uploaded.width,
        height=uploaded.height,
        alt=uploaded.alt,
        position=position,
    )
