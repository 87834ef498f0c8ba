"""Take a file from an agent. What it is, its bytes say; what the browser says of it counts for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from heard.file_types import can_be_run, clean_name, type_of
from heard.image_cleaning import BrokenImage, cleaned
from heard.images import image_size
from heard.kept_files import keep_file
from heard.uploads.models import UploadedFile
from heard.workspaces.models import Agent

LARGEST: Final = 25 * 1024 * 1024
MOST: Final = 20  # in one place
MOST_WAITING: Final = 200  # of one agent, in all places
MOST_PIXELS: Final = 50_000_000


class BadFile(Exception):
    """`code` is empty, size, programme, broken, pixels or many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file as it may go out."""

    name: str
    content_type: str
    content: bytes
    width: int | None = None
    height: int | None = None


@transaction.atomic
def upload(
    *, name: str, content: bytes, by: Agent, now: datetime, place: str = "", alt: str = ""
) -> UploadedFile:
    """Raises BadFile."""
    found = look_at(name, content)
    # Two uploads at the same moment must not both find room for the last one.
    Agent.objects.select_for_update(no_key=True).get(pk=by.pk)
    waiting = UploadedFile.objects.filter(agent=by)
    if waiting.count() >= MOST_WAITING or (place and waiting.filter(place=place).count() >= MOST):
        raise BadFile("many")
    kept = UploadedFile.objects.create(
        workspace_id=by.workspace_id,
        agent=by,
        place=place,
        name=found.name,
        content_type=found.content_type,
        size=len(found.content),
        width=found.width,
        height=found.height,
        alt=alt.strip()[:1000],
        at=now,
    )
    keep_file(str(kept.key), found.content)
    return kept


def look_at(name: str, content: bytes) -> LookedAt:
    """Raises BadFile."""
    if not content:
        raise BadFile("empty")
    if len(content) > LARGEST:
        raise BadFile("size")
    if can_be_run(content, name):
        raise BadFile("programme")
    kind = type_of(content, name)
    if kind.startswith("image/"):
        return _picture(name, kind, content)
    return LookedAt(clean_name(name, kind), kind, content)


def _picture(name: str, kind: str, content: bytes) -> LookedAt:
    try:
        content = cleaned(content)
    except BrokenImage:
        raise BadFile("broken") from None
    size = image_size(content)
    if size is None:
        raise BadFile("broken")
    width, height = size
    if width * height > MOST_PIXELS:
        raise BadFile("pixels")
    return LookedAt(clean_name(name, kind), kind, content, width, height)
