from __future__ import annotations

import pytest

from heard.events.models import EventRecord
from heard.tickets.assign import NotAColleague, assign
from heard.workspaces.models import Agent, Team
from tests.cast import Network, a_ticket, reloaded


def test_a_ticket_is_given_to_a_colleague_and_back_to_everybody(
    facebook: Network, bea: Agent, oto: Agent
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    assign(ticket, to=oto, by=bea, now=facebook.tick())
    assert reloaded(ticket).assignee == oto
    assign(ticket, to=None, by=bea, now=facebook.tick())
    assert reloaded(ticket).assignee is None

    told = EventRecord.objects.filter(kind="TicketAssigned").order_by("id")
    assert [one.payload["assignee"] for one in told] == ["Oto", ""]


def test_giving_it_to_whoever_has_it_changes_nothing(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    assign(ticket, to=bea, by=bea, now=facebook.tick())

    assign(ticket, to=bea, by=bea, now=facebook.tick())

    assert EventRecord.objects.filter(kind="TicketAssigned").count() == 1


def test_a_ticket_goes_to_no_stranger(facebook: Network, bea: Agent, cyril: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    elsewhere = Team.objects.create(workspace=cyril.workspace, name="Elsewhere")

    with pytest.raises(NotAColleague):
        assign(ticket, to=cyril, by=bea, now=facebook.tick())
    with pytest.raises(NotAColleague):
        assign(ticket, to=None, team=elsewhere, by=bea, now=facebook.tick())


def test_a_ticket_goes_to_nobody_who_left(facebook: Network, bea: Agent, oto: Agent) -> None:
    Agent.objects.filter(pk=oto.pk).update(is_active=False)

    with pytest.raises(NotAColleague):
        assign(a_ticket(facebook, said="Where is my parcel?"), to=reloaded(oto), by=bea, now=facebook.tick())
