"""To another team, without saying who of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.assign import NotAColleague
from heard.tickets.events import TicketHandedOver
from heard.tickets.locked import locked
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent, Team


@transaction.atomic
def hand_over(ticket: Ticket, *, team: Team, by: Agent | None, now: datetime) -> None:
    """Raises NotAColleague."""
    if team.workspace_id != ticket.workspace_id:
        raise NotAColleague
    ticket = locked(ticket)
    if ticket.team_id == team.pk:
        return
    ticket.team = team
    ticket.save(update_fields=["team"])
    publish(TicketHandedOver(**about(ticket, now=now, by=by), team_id=team.pk, team=team.name))
