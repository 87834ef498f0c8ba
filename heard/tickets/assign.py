"""Who takes care of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import TicketAssigned
from heard.tickets.locked import locked
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent, Team


class NotAColleague(Exception):
    """That agent or team does not work in this workspace, or no longer does."""


@transaction.atomic
def assign(
    ticket: Ticket, *, to: Agent | None, by: Agent | None, now: datetime, team: Team | None = None
) -> None:
    """To an agent, or with None back to everybody. Raises NotAColleague."""
    if to is not None and (to.workspace_id != ticket.workspace_id or not to.is_active):
        raise NotAColleague
    if team is not None and team.workspace_id != ticket.workspace_id:
        raise NotAColleague
    ticket = locked(ticket)
    if ticket.assignee_id == (to.pk if to else None) and team is None:
        return
    ticket.assignee = to
    ticket.team = team or ticket.team
    ticket.save(update_fields=["assignee", "team"])
    publish(
        TicketAssigned(
            **about(ticket, now=now, by=by),
            assignee_id=to.pk if to else None,
            assignee=to.name if to else "",
        )
    )
