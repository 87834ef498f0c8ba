"""How a planned post stands follows from how it stands at each network."""

from __future__ import annotations

from heard.publishing.models import PlannedPost, Publication

Part, Whole = Publication.State, PlannedPost.State


def settle(plan: PlannedPost) -> None:
    """Of a locked plan that had been scheduled or cancelled."""
    plan.state = _whole(set(plan.publications.values_list("state", flat=True)))
    plan.save(update_fields=["state"])


def _whole(parts: set[str]) -> PlannedPost.State:
    going = parts - {Part.CANCELLED}
    if not going:
        return Whole.CANCELLED
    if going == {Part.QUEUED}:
        return Whole.SCHEDULED
    if going & {Part.SENDING, Part.QUEUED}:
        return Whole.PUBLISHING
    if Part.UNCONFIRMED in going:
        return Whole.UNCONFIRMED
    return Whole.FAILED if Part.FAILED in going else Whole.PUBLISHED
