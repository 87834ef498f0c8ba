"""Until when: the times that a menu offers, and the one that an agent types, in the agent's own zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MORNING = time(9)
MONDAY = 0


class NoSuchTime(Exception):
    """What was sent is no preset and no date."""


@dataclass(frozen=True, slots=True)
class Preset:
    slug: str
    label: Promise
    at: datetime


def presets(now: datetime) -> Sequence[Preset]:
    return [
        Preset("3h", _("In three hours"), now + timedelta(hours=3)),
        Preset("tomorrow", _("Tomorrow morning"), _morning(now, days=1)),
        Preset("monday", _("Monday morning"), _morning(now, days=_days_to_monday(now))),
    ]


def time_meant(given: str, *, now: datetime) -> datetime:
    """Raises NoSuchTime. A date without zone is meant where the agent is."""
    for preset in presets(now):
        if preset.slug == given:
            return preset.at
    try:
        typed = datetime.fromisoformat(given)
    except ValueError as error:
        raise NoSuchTime(given) from error
    return typed if timezone.is_aware(typed) else timezone.make_aware(typed)


def _morning(now: datetime, *, days: int) -> datetime:
    day = timezone.localtime(now).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, MORNING))


def _days_to_monday(now: datetime) -> int:
    return (MONDAY - timezone.localtime(now).weekday()) % 7 or 7
