from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from heard.people.teams import make_team
from heard.tickets.continue_elsewhere import continue_by_phone
from heard.tickets.models import CallBack
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket


def test_calls_that_are_due_are_named_on_every_page_to_whom_they_concern(
    messenger: Network, bea: Agent, oto: Agent, of_bea: Client, of_cyril: Client
) -> None:
    ticket = a_ticket(messenger, said="Please call me", direct=True)
    now = timezone.now()
    promised = continue_by_phone(
        ticket, number="+420601123456", at=now + timedelta(hours=1), agent=bea, by=bea, now=now
    )
    assert 'hx-get="/calls/reminders"' in of_bea.get("/tickets").text
    assert "as promised" not in of_bea.get("/calls/reminders").text

    CallBack.objects.update(at=now - timedelta(minutes=5))
    shown = of_bea.get("/calls/reminders").text
    assert "Call Jana, as promised for" in shown
    assert f'href="/tickets/{ticket.number}"' in shown
    assert "as promised" not in of_cyril.get("/calls/reminders").text

    CallBack.objects.filter(pk=promised.pk).update(agent=oto)
    assert "as promised" not in of_bea.get("/calls/reminders").text
    team = make_team(bea.workspace, name="Telephone", members=[bea], by=bea, now=now)
    CallBack.objects.filter(pk=promised.pk).update(agent=None, team=team)
    assert "as promised" in of_bea.get("/calls/reminders").text
    team.members.set([oto])
    assert "as promised" not in of_bea.get("/calls/reminders").text
