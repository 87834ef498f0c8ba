"""Wake the sending of one inbox. The truth is in the table; a job is only the bell."""

from __future__ import annotations

from datetime import datetime

from heard.events.bell import ring


def wake_outbox(inbox_id: int, *, at: datetime) -> None:
    """One waiting bell for each inbox and second is enough, however many replies it is for.

    The lock makes one job at a time send for an inbox: its replies leave in order.
    """
    second = at.replace(microsecond=0).isoformat()
    lock = f"outbox {inbox_id}"
    ring("heard.outbox.tasks.send_due", lock=lock, once=f"{lock} {second}", at=at, inbox_id=inbox_id)
