"""What nobody has sent for a week is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from heard.kept_files import drop_file
from heard.uploads.models import HELD, UploadedFile

KEPT_FOR: Final = timedelta(days=7)
AT_ONCE: Final = 500


@transaction.atomic
def sweep_uploads(*, now: datetime) -> int:
    """Gives how many."""
    old = UploadedFile.objects.filter(at__lt=now - KEPT_FOR).exclude(place__startswith=HELD)
    gone = list(old.select_for_update(skip_locked=True).order_by("at")[:AT_ONCE])
    UploadedFile.objects.filter(pk__in=[one.pk for one in gone]).delete()
    transaction.on_commit(lambda: _drop_all(gone))
    return len(gone)


def _drop_all(gone: Iterable[UploadedFile]) -> None:
    for one in gone:
        drop_file(str(one.key))
