"""Wake a job. What is to be done stands in a table; the job is only the bell."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def ring(task: str, *, lock: str, once: str, at: datetime | None = None, **arguments: int | str) -> None:
    """One job at a time holds `lock`, and one waiting bell with the same `once` is enough for all."""
    job = app.configure_task(task, lock=lock, queueing_lock=once, schedule_at=at)
    try:
        with transaction.atomic():  # a refused bell must not undo what it rings for
            job.defer(**arguments)
    except AlreadyEnqueued:
        pass
