"""How much a ticket presses."""

from __future__ import annotations

import pytest

from heard.events.models import EventRecord
from heard.tickets.models import Priority
from heard.tickets.prioritise import prioritise
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, reloaded

pytestmark = pytest.mark.django_db


def test_a_ticket_presses_as_much_as_somebody_says(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="It burns")
    assert ticket.priority == Priority.NORMAL

    prioritise(ticket, priority=Priority.URGENT, by=bea, now=NOON)
    prioritise(ticket, priority=Priority.URGENT, by=bea, now=NOON)

    assert reloaded(ticket).priority == Priority.URGENT
    [said] = EventRecord.objects.filter(ticket_id=ticket.pk, kind="TicketPrioritised")
    assert (said.by, said.payload["priority"]) == (bea, "urgent")
