"""Pictures for a planned post: looked at by their bytes, kept under a key of their own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.file_types import clean_name
from heard.image_cleaning import BrokenImage, cleaned
from heard.images import image_size, image_type
from heard.kept_files import keep_file
from heard.publishing.locked import lock_open
from heard.publishing.models import PlannedPicture, PlannedPost
from heard.publishing.write import note_change
from heard.uploads.models import UploadedFile
from heard.uploads.taken import end
from heard.workspaces.models import Agent

LARGEST = 8 * 1024 * 1024
MOST = 10
MOST_PIXELS = 50_000_000


class BadPicture(Exception):
    """`code` is kind, size, broken, pixels or many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def add_picture(
    plan: PlannedPost, *, name: str, content: bytes, alt: str, by: Agent, now: datetime
) -> PlannedPicture:
    """Raises BadPicture or CannotChange."""
    content, kind, width, height = _looked_at(content)
    place = _next_place(plan)
    picture = PlannedPicture.objects.create(
        workspace_id=plan.workspace_id,
        plan=plan,
        position=place,
        name=clean_name(name, kind),
        content_type=kind,
        size=len(content),
        width=width,
        height=height,
        alt=alt.strip()[:1000],
    )
    keep_file(str(picture.key), content)
    note_change(plan, ["pictures"], by=by, now=now)
    return picture


@transaction.atomic
def take_picture(plan: PlannedPost, uploaded: UploadedFile, *, by: Agent, now: datetime) -> PlannedPicture:
    """One that was handed over before keeps its key. Raises BadPicture or CannotChange."""
    if not uploaded.is_picture:
        raise BadPicture("kind")
    if uploaded.size > LARGEST:
        raise BadPicture("size")
    place = _next_place(plan)
    picture = PlannedPicture.objects.create(
        workspace_id=plan.workspace_id,
        plan=plan,
        position=place,
        key=uploaded.key,
        name=uploaded.name,
        content_type=uploaded.content_type,
        size=uploaded.size,
        width=uploaded.width or 0,
        height=uploaded.height or 0,
        alt=uploaded.alt,
    )
    end([uploaded])
    note_change(plan, ["pictures"], by=by, now=now)
    return picture


@transaction.atomic
def describe_picture(picture: PlannedPicture, *, alt: str, by: Agent, now: datetime) -> None:
    """Say what is to be seen on it. Raises CannotChange."""
    plan = lock_open(picture.plan)
    alt = alt.strip()[:1000]
    if alt == PlannedPicture.objects.get(pk=picture.pk).alt:
        return
    PlannedPicture.objects.filter(pk=picture.pk).update(alt=alt)
    note_change(plan, ["alt"], by=by, now=now)


@transaction.atomic
def remove_picture(picture: PlannedPicture, *, by: Agent, now: datetime) -> None:
    """Raises CannotChange."""
    plan = lock_open(picture.plan)
    PlannedPicture.objects.filter(pk=picture.pk).delete()
    note_change(plan, ["pictures"], by=by, now=now)


def _next_place(plan: PlannedPost) -> int:
    places = list(lock_open(plan).pictures.values_list("position", flat=True))
    if len(places) >= MOST:
        raise BadPicture("many")
    return max(places, default=0) + 1


def _looked_at(content: bytes) -> tuple[bytes, str, int, int]:
    """The picture without what its camera wrote into it, and what it is."""
    if len(content) > LARGEST:
        raise BadPicture("size")
    kind = image_type(content[:16])
    if kind is None:
        raise BadPicture("kind")
    try:
        content = cleaned(content)
    except BrokenImage:
        raise BadPicture("broken") from None
    size = image_size(content)
    if size is None:
        raise BadPicture("broken")
    width, height = size
    if width * height > MOST_PIXELS:
        raise BadPicture("pixels")
    return content, kind, width, height
