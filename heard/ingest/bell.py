"""Jobs for one inbox: however often the bell is rung, one job waits at a time and one runs."""

from __future__ import annotations

from datetime import datetime

from heard.events import bell


def ring_for(inbox_id: int, task: str, *, at: datetime | None = None) -> None:
    """`task` is its name in `tasks`. `at`: not before."""
    lock = f"{task} {inbox_id}"
    bell.ring(f"heard.ingest.tasks.{task}", lock=lock, once=lock, at=at, inbox_id=inbox_id)
