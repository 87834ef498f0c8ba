"""The plan's row is locked first, and what belongs to it after that: here, as everywhere."""

from __future__ import annotations

from heard.publishing.models import PlannedPost


class CannotChange(Exception):
    """It is on its way, gone or cancelled."""


def lock_plan(plan: PlannedPost) -> PlannedPost:
    locked = PlannedPost.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("workspace").get(pk=plan.pk)


def lock_open(plan: PlannedPost) -> PlannedPost:
    """Raises CannotChange."""
    locked = lock_plan(plan)
    if not locked.is_open:
        raise CannotChange(locked.state)
    return locked
