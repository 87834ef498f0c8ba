"""How often does somebody without a name ask? In the database, so that it holds for all processes together."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from heard.confirming.models import Attempt

WITHIN = timedelta(minutes=1)
MOST = 5


def too_many(*, now: datetime, **about: str) -> bool:
    """Notes one more, for each of `about` (`ip=…, number=…`), and says whether it is one too many for any.

    Noted first and then counted: two at the same moment see each other or are both counted by the next.
    """
    keys = [
        hashlib.sha256(f"{kind} {what}".encode(errors="replace")).hexdigest() for kind, what in about.items()
    ]
    Attempt.objects.bulk_create(Attempt(about=key, at=now) for key in keys)
    counts = [Attempt.objects.filter(about=key, at__gt=now - WITHIN).count() for key in keys]
    return max(counts) > MOST


def forget_attempts(*, now: datetime) -> None:
    Attempt.objects.filter(at__lt=now - 2 * WITHIN).delete()
