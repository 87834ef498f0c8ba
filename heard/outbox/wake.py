"""Wake the sending of one inbox. The truth is in the table; a job is only the bell."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def wake_outbox(inbox_id: int, *, at: datetime) -> None:
    """One waiting bell for each inbox and second is enough, however many replies it is for.

    The lock makes one job at a time send for an inbox: its replies leave in order.
    """
    second = at.replace(microsecond=0)
    job = app.configure_task(
        "heard.outbox.tasks.send_due",
        lock=f"outbox {inbox_id}",
        queueing_lock=f"outbox {inbox_id} {second.isoformat()}",
        schedule_at=at,
    )
    try:
        with transaction.atomic():  # a refused bell must not undo the reply it rings for
            job.defer(inbox_id=inbox_id)
    except AlreadyEnqueued:
        pass
