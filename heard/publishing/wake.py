"""Wake the publishing of one inbox."""

from __future__ import annotations

from datetime import datetime

from heard.events.bell import ring


def wake_publishing(inbox_id: int, *, at: datetime) -> None:
    """The lock makes one job at a time publish for an inbox."""
    ring(
        "heard.publishing.tasks.publish_due",
        lock=f"publish {inbox_id}",
        once=f"publish {inbox_id} {at.replace(microsecond=0).isoformat()}",
        at=at,
        inbox_id=inbox_id,
    )
