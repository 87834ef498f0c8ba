"""Calls that we promised: planned, made or missed. A promise is no answer, so nothing else changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import CallBackEnded, CallBackPlanned
from heard.tickets.locked import locked
from heard.tickets.models import CallBack, Thread, Ticket
from heard.workspaces.models import Agent

Result = CallBack.Result


class InThePast(Exception):
    """Nobody can be called back in the past."""


class AlreadyEnded(Exception):
    """The call was made, or given up, meanwhile."""


class ReasonNeeded(Exception):
    """A promise that is not kept needs a reason."""


@transaction.atomic
def plan_call_back(
    thread: Thread,
    *,
    ticket: Ticket,
    number: str,
    at: datetime,
    by: Agent | None,
    now: datetime,
    note: str = "",
    agent: Agent | None = None,
) -> CallBack:
    """Without `agent` it is the one who has the ticket, else whoever is there. Raises InThePast."""
    if at < now:
        raise InThePast
    ticket = locked(ticket)
    planned = CallBack.objects.create(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        thread=thread,
        number=number,
        at=at,
        agent_id=agent.pk if agent else ticket.assignee_id,
        team_id=ticket.team_id,
        note=note.strip(),
        by=by,
        made_at=now,
    )
    _note_first(ticket)
    publish(
        CallBackPlanned(
            **about(ticket, now=now, by=by),
            call_back_id=planned.pk,
            due_at=at.isoformat(),
            called_number=number,
        )
    )
    return planned


@transaction.atomic
def end_call_back(
    call_back: CallBack, *, result: CallBack.Result, by: Agent, now: datetime, reason: str = ""
) -> None:
    """Raises AlreadyEnded, or ReasonNeeded for one that was not made."""
    if result == Result.MISSED and not reason.strip():
        raise ReasonNeeded
    ticket = locked(call_back.ticket)
    row = CallBack.objects.select_for_update(no_key=True).get(pk=call_back.pk)
    if row.result:
        raise AlreadyEnded
    row.result, row.reason, row.ended_at, row.ended_by = result, reason.strip()[:500], now, by
    row.save(update_fields=["result", "reason", "ended_at", "ended_by"])
    _note_first(ticket)
    publish(
        CallBackEnded(
            **about(ticket, now=now, by=by), call_back_id=row.pk, result=result.value, reason=row.reason
        )
    )


def _note_first(ticket: Ticket) -> None:
    """The folder of call-backs is ordered by the first that is due."""
    first = ticket.call_backs.filter(result=Result.OPEN).aggregate(at=Min("at"))["at"]
    Ticket.objects.filter(pk=ticket.pk).update(call_back_at=first)
