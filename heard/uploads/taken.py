"""What was uploaded goes into something that we say: the row here ends, the file stays under its key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from heard.uploads.models import HELD, UploadedFile
from heard.workspaces.models import Agent


class NoSuchFile(Exception):
    """It was sent or dropped meanwhile, is too old, or somebody else's."""


def uploads_of(ids: Sequence[int], *, by: Agent, lock: bool = False) -> list[UploadedFile]:
    """In the order asked for, each once. Raises NoSuchFile."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    known = UploadedFile.objects.visible_to(by).filter(agent=by, pk__in=wanted).order_by("pk")
    found = {one.pk: one for one in (known.select_for_update() if lock else known)}
    if len(found) < len(wanted):
        raise NoSuchFile
    return [found[one] for one in wanted]


def end(uploads: Collection[UploadedFile]) -> None:
    """They belong to something else from now on, in the same transaction."""
    UploadedFile.objects.filter(pk__in=[one.pk for one in uploads]).delete()


def hold(uploads: Collection[UploadedFile], *, place: str) -> None:
    """They wait for as long as what they belong to does. A place that begins with HELD is never swept."""
    UploadedFile.objects.filter(pk__in=[one.pk for one in uploads]).update(place=f"{HELD}{place}")


def give_back(uploads: Collection[int], *, place: str, now: datetime) -> None:
    """To where they were attached; from now on they grow old again."""
    UploadedFile.objects.filter(pk__in=uploads, place__startswith=HELD).update(place=place, at=now)
