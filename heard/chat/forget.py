"""What is of no more use: identities that ran out, files without a line, browsers that never came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from heard.chat.models import UsedIdentity, Visitor, VisitorFile
from heard.kept_files import path_of

FILES_WAIT = timedelta(days=1)
SILENT = timedelta(days=1)
LONGEST = timedelta(days=180)
AT_ONCE = 1000


def forget_old(*, now: datetime) -> None:
    """Whoever said nothing is forgotten after a day, whoever spoke after half a year without a visit."""
    UsedIdentity.objects.filter(expires_at__lt=now).delete()
    for file in VisitorFile.objects.filter(taken_at=None, at__lt=now - FILES_WAIT)[:AT_ONCE]:
        path_of(str(file.key)).unlink(missing_ok=True)
        file.delete()
    silent = Visitor.objects.filter(spoke_at=None, seen_at__lt=now - SILENT)
    gone = Visitor.objects.filter(seen_at__lt=now - LONGEST)
    for rows in (silent, gone):
        Visitor.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:AT_ONCE])).delete()
