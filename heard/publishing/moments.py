"""Times as people in a workspace say them. Twice a year an hour is missing, and one comes twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class NoSuchHour(Exception):
    """The clocks jump over it that night. `instead` is when they land."""

    def __init__(self, instead: datetime) -> None:
        super().__init__(instead.isoformat())
        self.instead = instead


def moment(day: date, at: time, zone: str) -> datetime:
    """In UTC. Of an hour that comes twice, the first one. Raises NoSuchHour."""
    here = ZoneInfo(zone)
    said = datetime.combine(day, at.replace(fold=0), here)
    moment = said.astimezone(UTC)
    back = moment.astimezone(here)
    if back.replace(tzinfo=None) != said.replace(tzinfo=None):
        raise NoSuchHour(back)
    return moment
