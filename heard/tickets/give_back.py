"""A colleague has left: what they were to take care of is everybody's again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from heard.events.publishing import publish
from heard.people.events import AgentLeft
from heard.tickets.about import about
from heard.tickets.events import TicketAssigned
from heard.tickets.models import State, Ticket
from heard.workspaces.models import Agent, Workspace


def give_back_of_those_who_left(events: Sequence[AgentLeft]) -> None:
    for event in events:
        give_back(event)


@transaction.atomic
def give_back(left: AgentLeft) -> int:
    """All that is not resolved, and what a word of the customer may open again. Gives how many tickets."""
    within = Workspace.objects.values_list("reopen_within_hours", flat=True).get(pk=left.workspace_id)
    reopens = Q(resolved_at__gte=left.at - timedelta(hours=within))
    theirs = Ticket.objects.filter(~Q(state=State.RESOLVED) | reopens, assignee=left.agent_id)
    tickets = list(theirs.order_by("id").select_for_update(no_key=True))
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(assignee=None)
    by = Agent.objects.filter(pk=left.by_id).first() if left.by_id else None
    gone = [about(ticket, now=left.at, by=by) for ticket in tickets]
    publish(*(TicketAssigned(**one, assignee_id=None, assignee="") for one in gone))
    return len(tickets)
