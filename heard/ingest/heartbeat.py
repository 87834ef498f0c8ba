"""Is somebody taking in what arrives?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from heard.ingest.models import Heartbeat

NAME = "intake"
BEAT_EVERY = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=30)


def note_heartbeat(*, now: datetime) -> None:
    """Written every few seconds at the most, however often it is said."""
    recent = Heartbeat.objects.filter(Q(at__gt=now - BEAT_EVERY), name=NAME)
    if not recent.exists():
        Heartbeat.objects.update_or_create(name=NAME, defaults={"at": now})


def intake_lives(*, now: datetime) -> bool:
    return Heartbeat.objects.filter(name=NAME, at__gt=now - DEAD_AFTER).exists()
