from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from heard.env import env
from heard.events.models import EventRecord
from heard.tickets.call_back import end_call_back
from heard.tickets.continue_elsewhere import continue_by_phone
from heard.tickets.mail_of_calls import mail_of_call
from heard.tickets.models import CallBack, Ticket
from heard.tickets.remind_of_calls import LATE_AFTER, remind_of_calls
from heard.tickets.snooze import snooze
from heard.workspaces.models import Agent, Team
from tests.cast import Network, a_ticket, reloaded

HOUR = timedelta(hours=1)
NUMBER = "+420601123456"


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    return a_ticket(messenger, said="Please call me", direct=True)


@pytest.fixture
def promised(ticket: Ticket, messenger: Network, bea: Agent) -> CallBack:
    at = messenger.tick() + HOUR
    return continue_by_phone(ticket, number=NUMBER, at=at, agent=bea, by=bea, now=messenger.now)


def told(ticket: Ticket) -> list[bool]:
    """Whether each reminder was one that came late."""
    known = EventRecord.objects.filter(kind="CallBackDue", ticket_id=ticket.pk).order_by("pk")
    return [record.payload["late"] for record in known]


def jobs() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%mail_of_call_back'")
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]


def test_the_agent_is_reminded_at_its_time_and_when_it_went_by_once_each(
    promised: CallBack, ticket: Ticket
) -> None:
    moments = [timedelta(seconds=-1), timedelta(0), LATE_AFTER / 2, LATE_AFTER, LATE_AFTER * 5]

    assert [remind_of_calls(now=promised.at + gone) for gone in moments] == [0, 1, 0, 1, 0]

    assert told(ticket) == [False, True]


def test_after_an_outage_one_reminder_is_enough(promised: CallBack, ticket: Ticket) -> None:
    assert [remind_of_calls(now=promised.at + 3 * HOUR) for _ in range(2)] == [1, 0]
    assert told(ticket) == [True]


def test_a_call_that_was_made_is_not_reminded_of(promised: CallBack, ticket: Ticket, bea: Agent) -> None:
    end_call_back(promised, result=CallBack.Result.DONE, by=bea, now=promised.at)

    assert remind_of_calls(now=promised.at + HOUR) == 0


def test_a_ticket_that_was_put_off_comes_back_for_the_call(
    promised: CallBack, ticket: Ticket, bea: Agent
) -> None:
    snooze(ticket, until=promised.at + 24 * HOUR, by=bea, now=promised.made_at)

    remind_of_calls(now=promised.at)

    assert reloaded(ticket).snoozed_until is None


def test_by_mail_only_for_who_wishes_it_and_while_nobody_has_called(
    promised: CallBack,
    ticket: Ticket,
    bea: Agent,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("heard.people.mail.env", lambda: replace(env(), mail_url="smtp://127.0.0.1:9"))
    remind_of_calls(now=promised.at)
    assert jobs() == []
    Agent.objects.filter(pk=bea.pk).update(mailed=[Agent.Mailed.CALLS])

    remind_of_calls(now=promised.at + LATE_AFTER)

    [job] = jobs()
    assert job == {"call_back_id": promised.pk, "late": 1, "agent_id": bea.pk}
    mail_of_call(promised.pk, late=True, agent_id=bea.pk)
    [mail] = mailoutbox
    assert mail.to == [bea.user.email]
    assert mail.subject == "The promised call to +420 601 123 456 is overdue"
    assert f"/tickets/{ticket.number}" in mail.body
    end_call_back(promised, result=CallBack.Result.DONE, by=bea, now=later(promised))
    mail_of_call(promised.pk, late=True, agent_id=bea.pk)
    assert len(mailoutbox) == 1


def test_a_call_that_nobody_took_is_its_teams_then_the_admins(
    promised: CallBack,
    ticket: Ticket,
    ann: Agent,
    bea: Agent,
    oto: Agent,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("heard.people.mail.env", lambda: replace(env(), mail_url="smtp://127.0.0.1:9"))
    team = Team.objects.create(workspace=bea.workspace, name="Calls")
    team.members.add(oto)
    CallBack.objects.update(agent=None)
    Ticket.objects.update(team=team)
    Agent.objects.filter(pk__in=[ann.pk, bea.pk]).update(mailed=[Agent.Mailed.CALLS])
    remind_of_calls(now=promised.at)  # of the team nobody wishes it
    Agent.objects.filter(pk=oto.pk).update(mailed=[Agent.Mailed.CALLS])
    remind_of_calls(now=promised.at + LATE_AFTER)

    assert [(job["agent_id"], job["late"]) for job in jobs()] == [(ann.pk, 0), (oto.pk, 1)]
    mail_of_call(promised.pk, late=True, agent_id=oto.pk)
    assert "and nobody has taken it" in mailoutbox[0].body
    CallBack.objects.update(agent=bea)
    mail_of_call(promised.pk, late=True, agent_id=oto.pk)
    assert len(mailoutbox) == 1


def later(promised: CallBack) -> datetime:
    return promised.at + 2 * LATE_AFTER
