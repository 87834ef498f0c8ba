"""Ring for a job. The truth is in the tables; a job is only the bell, and one waiting bell is enough."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def ring(task: str, *, lock: str, waiting: str = "", at: datetime | None = None, **arguments: int) -> None:
    """Defer `task`, unless a bell of the name `waiting` (or `lock`) hangs already.

    Jobs of one `lock` run one after the other. In the caller's transaction: rolled back with it.
    """
    job = app.configure_task(task, lock=lock, queueing_lock=waiting or lock, schedule_at=at)
    try:
        with transaction.atomic():  # a refused bell must not undo what it rings for
            job.defer(**arguments)
    except AlreadyEnqueued:
        pass
