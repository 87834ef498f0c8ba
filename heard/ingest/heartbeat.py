"""Is somebody taking in what arrives? And were we away for a while?"""

from __future__ import annotations

from datetime import datetime, timedelta

from heard.ingest.models import Heartbeat

NAME = "intake"
BEAT_EVERY = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=30)


def note_heartbeat(*, now: datetime) -> None:
    """Written every few seconds at the most, however often it is said."""
    last = Heartbeat.objects.filter(name=NAME).values_list("at", flat=True).first()
    if last is not None and last > now - BEAT_EVERY:
        return
    was_away = last is not None and last < now - DEAD_AFTER
    Heartbeat.objects.update_or_create(
        name=NAME, defaults={"at": now, "back_at": now} if was_away else {"at": now}
    )


def intake_lives(*, now: datetime) -> bool:
    return Heartbeat.objects.filter(name=NAME, at__gt=now - DEAD_AFTER).exists()
