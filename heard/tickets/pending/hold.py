"""A reply is written and waits: its row, its files, and what the ticket shows of it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from heard.tickets.about import About, about
from heard.tickets.draft import place_of
from heard.tickets.models import Draft, PendingReply, Ticket
from heard.tickets.pending.composed import Composed
from heard.uploads.taken import hold as hold_files
from heard.uploads.taken import uploads_of
from heard.workspaces.models import Agent

State = PendingReply.State
WAITING = (State.SCHEDULED, State.REVIEW)


class TooLate(Exception):
    """It left, or came back, meanwhile."""


class AboutPending(About):
    pending_id: int
    author_id: int
    author: str


def about_pending(pending: PendingReply, *, now: datetime, by: Agent | None = None) -> AboutPending:
    return {
        **about(pending.ticket, now=now, by=by),
        "pending_id": pending.pk,
        "author_id": pending.agent_id,
        "author": pending.agent.name,
    }


def hold(
    ticket: Ticket,
    composed: Composed,
    *,
    state: PendingReply.State,
    public: bool,
    by: Agent,
    now: datetime,
    at: datetime | None,
    reviewer: Agent | None = None,
    question: str = "",
) -> PendingReply:
    """The ticket's row must be locked. What was typed is no draft any more."""
    pending = PendingReply.objects.create(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        agent=by,
        state=state,
        public=public,
        at=at,
        made_at=now,
        reviewer=reviewer,
        question=question,
        **composed.stored(),
    )
    hold_files(uploads_of(composed.files, by=by, lock=True), place=f"reply {pending.pk}")
    Draft.objects.filter(ticket=ticket, agent=by, mode=mode_of(pending)).delete()
    notice(ticket, by=by, now=now)
    show_pending(ticket)
    return pending


def mode_of(pending: PendingReply) -> Draft.Mode:
    return Draft.Mode.PUBLIC if pending.public else Draft.Mode.PRIVATE


def place_before(pending: PendingReply) -> str:
    """Where its files were attached."""
    return place_of(pending.ticket, mode_of(pending))


def waiting_of(pending: PendingReply, *states: PendingReply.State) -> PendingReply:
    """As it is now, with its row locked; its ticket must be locked already. Raises TooLate."""
    rows = PendingReply.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("ticket", "agent__workspace").filter(pk=pending.pk, state__in=states).first()
    if row is None:
        raise TooLate
    return row


def show_pending(ticket: Ticket) -> None:
    """The folders of what waits go by these two times."""
    waiting = ticket.pending_replies.filter(state__in=WAITING)
    ticket.answer_at = waiting.filter(state=State.SCHEDULED).aggregate(at=Min("at"))["at"]
    ticket.review_since = waiting.filter(state=State.REVIEW).aggregate(at=Min("made_at"))["at"]
    ticket.save(update_fields=["answer_at", "review_since"])


def notice(ticket: Ticket, *, by: Agent, now: datetime) -> int:
    """Whoever wrote it knows that it came back: it need not be shown to them any more."""
    back = PendingReply.objects.filter(ticket=ticket, agent=by, noticed_at=None)
    return back.exclude(state__in=(*WAITING, State.SENT)).update(noticed_at=now)
