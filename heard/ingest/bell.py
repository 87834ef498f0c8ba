"""Jobs for one inbox: however often the bell is rung, one job waits at a time and one runs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def ring_for(inbox_id: int, task: str, *, at: datetime | None = None) -> None:
    """`task` is its name in `tasks`. `at`: not before."""
    lock = f"{task} {inbox_id}"
    job = app.configure_task(f"heard.ingest.tasks.{task}", queueing_lock=lock, lock=lock, schedule_at=at)
    try:
        with transaction.atomic():
            job.defer(inbox_id=inbox_id)
    except AlreadyEnqueued:
        pass
