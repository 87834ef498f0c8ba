"""Wake the sending of one inbox. The truth is in the table; a job is only the bell."""

from __future__ import annotations

from datetime import datetime

from heard.bells import ring


def wake_outbox(inbox_id: int, *, at: datetime) -> None:
    """One waiting bell for each inbox and second is enough, however many replies it is for.

    The lock makes one job at a time send for an inbox: its replies leave in order.
    """
    second = at.replace(microsecond=0)
    ring(
        "heard.outbox.tasks.send_due",
        lock=f"outbox {inbox_id}",
        waiting=f"outbox {inbox_id} {second.isoformat()}",
        at=at,
        inbox_id=inbox_id,
    )
