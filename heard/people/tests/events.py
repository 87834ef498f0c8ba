"""What the event log says, for tests."""

from __future__ import annotations

from typing import Any

from heard.events.models import EventRecord


def last_event() -> tuple[str, dict[str, Any]]:
    record = EventRecord.objects.latest("pk")
    return record.kind, record.payload


def kinds() -> list[str]:
    return list(EventRecord.objects.order_by("pk").values_list("kind", flat=True))
