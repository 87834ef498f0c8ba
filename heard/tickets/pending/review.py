"""A colleague looks a reply over before it goes out. Who may not send asks each time, others when unsure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import AgentLeft, SendsChanged
from heard.tickets.events import PendingReplyLeft, ReplyApproved, ReplyReturned, ReviewAsked
from heard.tickets.locked import locked
from heard.tickets.models import Message, PendingReply, Ticket
from heard.tickets.pending.come_back import end
from heard.tickets.pending.composed import Composed, composed
from heard.tickets.pending.hold import State, about_pending, hold, show_pending, waiting_of
from heard.tickets.pending.schedule import require_time
from heard.workspaces.models import Agent


class NotAReviewer(Exception):
    """Only a colleague of the author who may send can look a reply over."""


class CommentNeeded(Exception):
    """Whoever wrote it wants to know what to change."""


@transaction.atomic
def ask_review(
    ticket: Ticket,
    composed: Composed,
    *,
    by: Agent,
    now: datetime,
    at: datetime | None = None,
    reviewer: Agent | None = None,
    question: str = "",
) -> PendingReply:
    """Without `reviewer` whoever comes first. With `at` it goes out then, if it is approved by then.

    It passes the gate now and again when it is approved. Raises NotAReviewer, BadTime and what `reply` raises.
    """
    if reviewer is not None:
        _require_reviewer(reviewer, ticket.workspace_id, author_id=by.pk)
    if at is not None:
        require_time(at, now=now)
    ticket = locked(ticket)
    public = composed.rehearse(ticket, by=by, at=at or now)
    pending = hold(
        ticket,
        composed,
        state=State.REVIEW,
        public=public,
        by=by,
        now=now,
        at=at,
        reviewer=reviewer,
        question=question.strip(),
    )
    publish(
        ReviewAsked(
            **about_pending(pending, now=now, by=by),
            reviewer_id=reviewer.pk if reviewer else None,
            reviewer=reviewer.name if reviewer else "",
            question=pending.question,
            goes_at=at.isoformat() if at else "",
        )
    )
    return pending


@transaction.atomic
def approve(
    pending: PendingReply,
    *,
    by: Agent,
    now: datetime,
    text: str | None = None,
    overrides: Collection[str] = (),
) -> Message | PendingReply:
    """It goes out as its author's, at once or at its time. With `text` that is what it says.

    `overrides` are of the reviewer, beside the author's. Raises NotAReviewer, TooLate and what `reply` raises.
    """
    _require_reviewer(by, pending.workspace_id, author_id=pending.agent_id)
    pending.ticket = locked(pending.ticket)
    row = waiting_of(pending, State.REVIEW)
    later = row.at if row.at and row.at > now else None
    edited = text is not None and text != row.text and row.template is None
    if edited and text is not None:
        row.text_before, row.text = row.text, text
    words = composed(row)
    words = replace(words, overrides={*words.overrides, *overrides})
    row.overrides, row.approved_by, row.approved_at = sorted(words.overrides), by, now
    if later:
        words.rehearse(row.ticket, by=row.agent, at=later)
        row.state = State.SCHEDULED
    else:
        row.message = words.send(row.ticket, by=row.agent, now=now, approved_by=by)
        row.state, row.ended_at, row.ended_by = State.SENT, now, by
    row.save(
        update_fields=[
            *("text", "text_before", "overrides", "approved_by", "approved_at"),
            *("message", "state", "ended_at", "ended_by"),
        ]
    )
    show_pending(row.ticket)
    publish(
        ReplyApproved(
            **about_pending(row, now=now, by=by),
            waited_seconds=_waited(row, now),
            edited=edited,
            goes_at=later.isoformat() if later else "",
        )
    )
    if row.message is not None:
        publish(PendingReplyLeft(**about_pending(row, now=now, by=by), message_id=row.message.pk))
    return row.message or row


@transaction.atomic
def return_to_author(pending: PendingReply, *, comment: str, by: Agent, now: datetime) -> None:
    """Raises CommentNeeded, NotAReviewer or TooLate."""
    if not comment.strip():
        raise CommentNeeded
    if by.pk == pending.agent_id or by.workspace_id != pending.workspace_id:
        raise NotAReviewer
    pending.ticket = locked(pending.ticket)
    row = waiting_of(pending, State.REVIEW)
    end(row, State.RETURNED, now=now, by=by, comment=comment.strip())
    publish(
        ReplyReturned(
            **about_pending(row, now=now, by=by), waited_seconds=_waited(row, now), comment=row.comment
        )
    )


def ask_everybody(events: Sequence[AgentLeft | SendsChanged]) -> None:
    """Whoever was asked has left or may not send any more: now whoever comes first is."""
    gone = [event.agent_id for event in events if not getattr(event, "sends", False)]
    PendingReply.objects.filter(state=State.REVIEW, reviewer__in=gone).update(reviewer=None)


def may_approve(agent: Agent, pending: PendingReply) -> bool:
    there = agent.is_active and agent.workspace_id == pending.workspace_id
    return there and agent.sends and agent.pk != pending.agent_id


def _require_reviewer(agent: Agent, workspace_id: int, *, author_id: int) -> None:
    there = agent.is_active and agent.workspace_id == workspace_id
    if not (there and agent.sends and agent.pk != author_id):
        raise NotAReviewer


def _waited(pending: PendingReply, now: datetime) -> int:
    return round((now - pending.made_at).total_seconds())
