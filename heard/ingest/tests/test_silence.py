"""Quiet is measured by the inbox's own habit: nights stay quiet, a dead day raises the alarm."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from heard.events.models import EventRecord
from heard.ingest.models import Silence
from heard.ingest.silence import end_silence, habit, listen_for_silence
from heard.tickets.models import Message, Outcome, Thread, Ticket
from heard.workspaces.models import Workspace
from tests.cast import NOON, Network

pytestmark = pytest.mark.django_db

# A Monday at noon. People write from eight to eight, once in twenty minutes.
OPENS, CLOSES = 8, 20


@pytest.fixture
def busy(facebook: Network) -> Network:
    """Four weeks of days with comments and nights without."""
    facebook.inbox.state_since = NOON - timedelta(weeks=5)
    facebook.inbox.save()
    ticket = facebook.ticket(facebook.comment("The first one", at=NOON - timedelta(weeks=4)))
    times = []
    at = NOON - timedelta(weeks=4) + timedelta(minutes=20)
    while at <= NOON:
        if OPENS <= at.hour < CLOSES:
            times.append(at)
        at += timedelta(minutes=20)
    told(facebook, ticket, times)
    return facebook


def told(network: Network, ticket: Ticket, times: list[datetime]) -> None:
    threads = Thread.objects.bulk_create(
        Thread(workspace=ticket.workspace, inbox=network.inbox, kind="comment", key=f"t{at}", ticket=ticket)
        for at in times
    )
    Message.objects.bulk_create(
        Message(
            workspace=ticket.workspace,
            ticket=ticket,
            thread=thread,
            inbox=network.inbox,
            direction=Message.Direction.IN,
            kind="comment",
            external_id=f"m{at}",
            public=True,
            at=at,
            received_at=at,
            outcome=Outcome.DISMISSED,
        )
        for thread, at in zip(threads, times, strict=True)
    )


def test_a_night_is_quiet_and_nobody_is_alarmed(busy: Network) -> None:
    evening = NOON.replace(hour=19, minute=40)
    told(busy, Ticket.objects.earliest("pk"), [evening])

    listen_for_silence(now=NOON + timedelta(hours=20))  # eight in the morning

    assert not Silence.objects.exists()


def test_quiet_in_the_middle_of_the_day_is_an_alarm_that_the_next_message_ends(busy: Network) -> None:
    listen_for_silence(now=NOON + timedelta(hours=2))
    assert not Silence.objects.exists()

    listen_for_silence(now=NOON + timedelta(hours=5))
    listen_for_silence(now=NOON + timedelta(hours=6))

    silence = Silence.objects.get()
    assert silence.since == NOON
    assert 14 < silence.expected < 16
    assert EventRecord.objects.filter(kind="InboxSilent").count() == 1

    busy.comment("Hello?")

    assert Silence.objects.get().ended_at is not None
    assert EventRecord.objects.filter(kind="InboxHeardAgain").count() == 1


def test_an_inbox_that_is_new_or_rarely_written_to_is_not_judged(facebook: Network, acme: Workspace) -> None:
    ticket = facebook.ticket(facebook.comment("Hello"))
    told(facebook, ticket, [NOON - timedelta(days=number) for number in range(20)])
    assert habit(facebook.inbox, until=NOON) is None
    told(facebook, ticket, [NOON - timedelta(minutes=number + 1) for number in range(100)])
    assert habit(facebook.inbox, until=NOON) is not None

    end_silence(facebook.inbox, now=NOON)

    assert not EventRecord.objects.filter(workspace_id=acme.pk, kind="InboxHeardAgain").exists()


def test_more_conversations_need_more_quiet_before_it_is_strange(busy: Network) -> None:
    usual = habit(busy.inbox, until=NOON)

    assert usual is not None
    assert usual.expected(NOON, NOON + timedelta(hours=1)) == pytest.approx(3, abs=0.3)
    assert usual.expected(NOON.replace(hour=22), NOON.replace(hour=23)) == 0
    assert 10 < usual.alarming < 11
