"""A reply that was written and waited does not go out: its text is its author's draft again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from heard.events.publishing import publish
from heard.tickets.events import ReplyCameBack
from heard.tickets.locked import locked
from heard.tickets.models import Draft, PendingReply
from heard.tickets.pending.hold import (
    WAITING,
    State,
    about_pending,
    mode_of,
    place_before,
    show_pending,
    waiting_of,
)
from heard.uploads.taken import give_back
from heard.workspaces.models import Agent


@transaction.atomic
def take_back(pending: PendingReply, *, by: Agent, now: datetime) -> None:
    """By hand, to write it anew or not at all. Raises TooLate."""
    pending.ticket = locked(pending.ticket)
    row = waiting_of(pending, *WAITING)
    come_back(row, State.TAKEN_BACK, now=now, by=by, noticed=by.pk == row.agent_id)


def come_back(
    pending: PendingReply,
    state: PendingReply.State,
    *,
    now: datetime,
    by: Agent | None = None,
    reason: str = "",
    comment: str = "",
    findings: list[dict[str, object]] | None = None,
    noticed: bool = False,
) -> None:
    """Its row and its ticket's must be locked."""
    end(pending, state, now=now, by=by, reason=reason, comment=comment, findings=findings, noticed=noticed)
    publish(ReplyCameBack(**about_pending(pending, now=now, by=by), how=state.value, reason=reason))


def end(
    pending: PendingReply,
    state: PendingReply.State,
    *,
    now: datetime,
    by: Agent | None,
    reason: str = "",
    comment: str = "",
    findings: list[dict[str, object]] | None = None,
    noticed: bool = False,
) -> None:
    _to_draft(pending, now=now)
    give_back(pending.files, place=place_before(pending), now=now)
    pending.state, pending.ended_at, pending.ended_by = state, now, by
    pending.reason, pending.comment, pending.findings = reason, comment, findings or []
    pending.noticed_at = now if noticed else None
    pending.save(
        update_fields=["state", "ended_at", "ended_by", "reason", "comment", "findings", "noticed_at"]
    )
    show_pending(pending.ticket)


def _to_draft(pending: PendingReply, *, now: datetime) -> None:
    """Below what its author has typed since: nothing typed is ever lost, theirs or now."""
    if not pending.text:
        return
    place = {"ticket": pending.ticket, "agent": pending.agent, "mode": mode_of(pending)}
    draft = Draft.objects.select_for_update(no_key=True).filter(**place).first()
    if draft is None:
        Draft.objects.create(
            **place,
            workspace_id=pending.workspace_id,
            to=pending.to,
            via=pending.via,
            text=pending.text,
            changed_at=now,
        )
    elif pending.text not in draft.text:
        text = f"{draft.text.rstrip()}\n\n{pending.text}".lstrip()
        # An open page holds the version before: it is shown both, and overwrites neither.
        Draft.objects.filter(pk=draft.pk).update(text=text, version=F("version") + 1, changed_at=now)
