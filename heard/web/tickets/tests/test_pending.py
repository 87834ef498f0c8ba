"""Replies for later and for a colleague, on the pages; and no path out past one who may not send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from heard.api.tests.conftest import Program
from heard.contacts.models import Contact
from heard.publishing.models import PlannedPost
from heard.publishing.write import Target, write
from heard.tickets.models import Message, PendingReply, Ticket
from heard.tickets.pending.leave import leave_due
from heard.web.tickets.later import time_chosen
from heard.web.tickets.snoozing import NoSuchTime
from heard.workspaces.models import Agent
from tests.cast import Network, a_template, a_ticket, an_inbox, reloaded

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
State = PendingReply.State


@pytest.fixture
def ticket(facebook: Network) -> Ticket:
    facebook.now = timezone.now() - timedelta(minutes=5)  # within the network's window
    return a_ticket(facebook, said="Where is my parcel?")


def send(client: Client, ticket: Ticket, **fields: Any) -> Any:
    fields = {"mode": "public", "text": "On its way.", **fields}
    return client.post(f"/tickets/{ticket.number}/reply?folder=waiting", fields, headers=HTMX)


def act(client: Client, pending: PendingReply, verb: str, **fields: Any) -> Any:
    address = f"/tickets/{pending.ticket.number}/pending/{pending.pk}/{verb}?folder=waiting"
    return client.post(address, fields, headers=HTMX)


def test_the_time_is_the_customers_and_the_ticket_shows_both_clocks(ticket: Ticket, of_bea: Client) -> None:
    Contact.objects.filter(pk=ticket.contact_id).update(time_zone="Pacific/Auckland")

    response = send(of_bea, ticket, at="monday")

    pending = PendingReply.objects.get()
    assert pending.at is not None
    theirs = pending.at.astimezone(ZoneInfo("Pacific/Auckland"))
    assert (theirs.weekday(), theirs.hour, theirs.minute) == (0, 9, 0)
    assert "The reply goes out" in response.text
    page = of_bea.get(f"/tickets/{ticket.number}").text
    assert "Goes out" in page
    assert "for the customer" in page
    assert "clock: Pacific/Auckland" in page
    assert "1" in of_bea.get("/tickets?folder=scheduled").text
    act(of_bea, pending, "take-back")
    assert reloaded(pending).state == State.TAKEN_BACK
    assert "On its way.</textarea>" in of_bea.get(f"/tickets/{ticket.number}").text


@pytest.mark.parametrize(
    ("zone", "fields", "at"),
    [
        ("Europe/Prague", {"at": "typed", "at_time": "2026-10-25T02:30"}, datetime(2026, 10, 25, 0, 30)),
        ("Europe/Prague", {"at": "tomorrow"}, datetime(2026, 10, 25, 8, 0)),  # the clocks went back at night
        ("Europe/Prague", {"at_time": "2026-10-26T09:00"}, datetime(2026, 10, 26, 8, 0)),
        (
            "Europe/Prague",
            {"at": "typed", "at_time": "2026-10-26T09:00", "at_zone": "mine"},
            datetime(2026, 10, 26, 9),
        ),
        ("", {"at": "monday"}, datetime(2026, 10, 26, 9, 0)),
        ("Europe/Prague", {"at": "typed", "at_time": "2027-03-28T02:30"}, None),  # no clock shows that
        ("Europe/Prague", {"at": "typed", "at_time": "soon"}, None),
        ("Europe/Prague", {"at": "typed"}, None),
    ],
)
def test_each_clock_has_its_own_nine_o_clock(zone: str, fields: dict[str, str], at: datetime | None) -> None:
    given = QueryDict(mutable=True)
    given.update(fields)
    clock, now = ZoneInfo(zone) if zone else None, datetime(2026, 10, 24, 12, 0, tzinfo=UTC)

    if at is None:
        with pytest.raises(NoSuchTime):
            time_chosen(given, clock, now=now)
    else:
        assert time_chosen(given, clock, now=now) == at.replace(tzinfo=UTC)


def test_a_reviewer_sees_it_is_told_of_findings_and_approves(
    ticket: Ticket, bea: Agent, oto: Agent, of_bea: Client, of_oto: Client
) -> None:
    response = send(of_bea, ticket, review="yes", reviewer=oto.pk, question="Too short?")
    pending = PendingReply.objects.get()

    assert "Oto looks it over first." in response.text
    page = of_oto.get("/tickets?folder=to-review").text
    assert "An answer is to be looked over" in page
    card = of_oto.get(f"/tickets/{ticket.number}").text
    assert "Bea asks Oto to look this over" in card
    assert "Too short?" in card
    assert "Approve and send as Bea" in card
    assert "Approve and send" not in of_bea.get(f"/tickets/{ticket.number}").text
    stopped = act(of_oto, pending, "approve", text="Write to jana@acme.example")
    assert (stopped.status_code, stopped.headers["HX-Retarget"]) == (422, f"#pending-findings-{pending.pk}")
    assert act(of_oto, pending, "return", comment=" ").status_code == 422
    act(of_oto, pending, "approve", text="On its way, with you tomorrow.")
    assert Message.objects.get(direction="out").text == "On its way, with you tomorrow."
    assert "Oto changed and approved the answer of Bea" in of_bea.get(f"/tickets/{ticket.number}").text


def test_what_comes_back_is_said_until_its_author_knows(
    facebook: Network, ticket: Ticket, of_bea: Client, of_oto: Client
) -> None:
    send(of_bea, ticket, at="tomorrow")
    facebook.comment("Never mind")  # of the same person, in a conversation of its own
    facebook.comment("Hello?", under=ticket.messages.get().external_id)

    page = of_bea.get(f"/tickets/{ticket.number}").text
    assert "Your reply did not go out" in page
    assert "The customer wrote in the meantime." in page
    assert "Your reply did not go out" not in of_oto.get(f"/tickets/{ticket.number}").text
    of_bea.post(f"/tickets/{ticket.number}/noticed", headers=HTMX)
    assert "Your reply did not go out" not in of_bea.get(f"/tickets/{ticket.number}").text


def test_no_path_lets_one_out_who_may_not_send(
    ticket: Ticket, bea: Agent, of_bea: Client, messenger: Network
) -> None:
    Agent.objects.filter(pk=bea.pk).update(sends=False)
    program = Program(reloaded(bea))
    messenger.now = timezone.now() - timedelta(minutes=5)
    direct = a_ticket(messenger, said="Hello", direct=True)
    chats = Network(an_inbox(bea.workspace, "whatsapp", "1"), messenger.now)
    chat = a_ticket(chats, said="Hello", direct=True)
    a_template(chats.inbox, "Hello {{1}}.", names=["customer_name"])
    named = {"name": "parcel", "language": "en", "blanks": ["Ana"]}
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    typed = f"{timezone.localtime() + timedelta(hours=1):%Y-%m-%dT%H:%M}"
    page = bea.workspace.inbox_set.get(channel="facebook")
    paths: list[Callable[[], Any]] = [
        lambda: send(of_bea, ticket),
        lambda: send(of_bea, ticket, mode="private"),
        lambda: send(of_bea, direct, mode="private", at="typed", at_time=typed),
        lambda: of_bea.post(f"/tickets/{direct.number}/reply", {"mode": "private", "text": "Hi"}),
        lambda: program.post(f"/tickets/{ticket.number}/reply", text="Hi"),
        lambda: program.post(f"/tickets/{direct.number}/reply", text="Hi", private=True),
        lambda: program.post(f"/tickets/{direct.number}/reply", text="Hi", at=later),
        lambda: program.post(f"/tickets/{chat.number}/reply", template=named),
    ]

    for number, path in enumerate(paths, start=1):
        assert path().status_code in (200, 202, 302)
        assert PendingReply.objects.filter(state=State.REVIEW).count() == number
    leave_due(now=timezone.now() + timedelta(days=9))
    assert not Message.objects.filter(direction="out").exists()

    plan = write("Hello", targets=[Target(page, "")], by=bea, now=timezone.now())
    program.post(f"/posts/{plan.pk}/schedule", at=None)
    assert reloaded(plan).state == PlannedPost.State.AWAITING
