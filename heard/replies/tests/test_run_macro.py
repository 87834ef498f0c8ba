from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from heard.events.models import EventRecord
from heard.people.teams import make_team
from heard.replies.archive import archive
from heard.replies.models import Macro, ReplyUse
from heard.replies.run_macro import NothingToSay, run_macro, send_with
from heard.replies.tests.shelf import EN, EN_PUBLIC, a_reply
from heard.replies.then import then_of
from heard.replies.write_macro import Deeds, change_macro, make_macro
from heard.tickets.assign import NotAColleague
from heard.tickets.models import Message, PendingReply, State, Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.leave import leave_due
from heard.tickets.pending.review import approve, return_to_author
from heard.tickets.resolve import StillWaiting
from heard.tickets.snooze import CannotSnooze
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, reloaded

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = NOON + timedelta(hours=1)  # than the customer wrote


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    return a_ticket(messenger, said="Where is my parcel?", direct=True)


def a_macro(ann: Agent, **deeds: Any) -> Macro:
    return make_macro(ann.workspace, Deeds(**{"name": "Anything", **deeds}), by=ann, now=LATER)


def sent(ticket: Ticket) -> list[str]:
    return list(ticket.messages.filter(direction=Message.Direction.OUT).values_list("text", flat=True))


def test_one_macro_sends_assigns_tags_and_resolves(ann: Agent, bea: Agent, ticket: Ticket) -> None:
    reply = a_reply(ann, {EN: "It comes tomorrow."})
    team = make_team(ann.workspace, name="Parcels", members=[bea], by=ann, now=LATER)
    macro = a_macro(
        ann, reply=reply, sends=True, assigns_me=True, team=team, tags=["Late"], resolution="solved"
    )

    ran = run_macro(ticket, macro, by=bea, now=LATER, private=True)

    ticket = reloaded(ticket)
    assert ran.message
    assert sent(ticket) == ["It comes tomorrow."]
    assert (ticket.assignee, ticket.team, ticket.tags, ticket.state) == (bea, team, ["late"], State.RESOLVED)
    told = EventRecord.objects.get(kind="MacroRun")
    assert told.payload["done"] == ["replied", "assigned", "tagged", "resolved"]
    assert (told.payload["message_id"], told.by) == (ran.message.pk, bea)
    assert ReplyUse.objects.get().message == ran.message


def test_what_is_left_to_fill_in_is_never_sent_and_nothing_else_is_done(
    ann: Agent, bea: Agent, ticket: Ticket
) -> None:
    reply = a_reply(ann, {EN: "Your order {order_number} comes tomorrow."})
    macro = a_macro(ann, reply=reply, sends=True, tags=["late"], resolution="solved")

    ran = run_macro(ticket, macro, by=bea, now=LATER, private=True)

    assert ran.to_finish
    assert ran.to_finish.text == "Your order {order_number} comes tomorrow."
    ticket = reloaded(ticket)
    assert (sent(ticket), ticket.tags, ticket.state) == ([], [], State.OPEN)

    finished = Composed(text="Your order A-7 comes tomorrow.", private=True)
    send_with(ticket, macro, finished, by=bea, now=LATER)
    ticket = reloaded(ticket)
    assert (len(sent(ticket)), ticket.tags, ticket.state) == (1, ["late"], State.RESOLVED)


def test_values_from_a_program_fill_the_blanks(ann: Agent, bea: Agent, ticket: Ticket) -> None:
    reply = a_reply(ann, {EN: "It comes in {delivery_days, plural, one {# day} other {# days}}."})
    macro = a_macro(ann, reply=reply, sends=True)

    run_macro(ticket, macro, by=bea, now=LATER, private=True, said={"delivery_days": 2})

    assert sent(ticket) == ["It comes in 2 days."]


def test_what_the_gate_finds_is_not_sent_and_nothing_else_is_done(
    ann: Agent, bea: Agent, facebook: Network
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    reply = a_reply(ann, {EN: "x", EN_PUBLIC: "Write to jana.novak@gmail.com."})
    macro = a_macro(ann, reply=reply, sends=True, tags=["late"])

    ran = run_macro(ticket, macro, by=bea, now=LATER)

    assert [one.code for one in ran.findings] == ["personal.email"]
    assert ran.to_finish
    assert (sent(ticket), reloaded(ticket).tags, ReplyUse.objects.count()) == ([], [], 0)


def test_all_or_nothing(ann: Agent, bea: Agent, oto: Agent, ticket: Ticket, messenger: Network) -> None:
    """Whatever fails, and however late, nothing of the macro is left."""
    reply = a_reply(ann, {EN: "It comes tomorrow."})
    gone = a_macro(ann, name="1", reply=reply, sends=True, tags=["late"], assignee=oto)
    solved = a_macro(ann, name="2", tags=["late"], resolution="solved")
    put_off = a_macro(ann, name="3", tags=["late"], snooze_hours=4)
    oto.is_active = False
    oto.save(update_fields=["is_active"])
    events = EventRecord.objects.count()

    with pytest.raises(NotAColleague):
        run_macro(ticket, gone, by=bea, now=LATER, private=True)
    with pytest.raises(StillWaiting):
        run_macro(ticket, solved, by=bea, now=LATER)
    assert (sent(ticket), reloaded(ticket).tags) == ([], [])
    assert EventRecord.objects.count() == events

    run_macro(ticket, put_off, by=bea, now=LATER)
    assert reloaded(ticket).snoozed_until == LATER + timedelta(hours=4)
    send_with(ticket, None, Composed(text="It left today.", private=True), by=bea, now=LATER)
    with pytest.raises(CannotSnooze):
        run_macro(ticket, put_off, by=bea, now=LATER)


def test_a_reply_that_is_gone_or_may_not_stand_there_stops_the_macro(
    ann: Agent, bea: Agent, facebook: Network, ticket: Ticket
) -> None:
    secret = a_reply(ann, {EN: "Your ticket is {ticket_number}."})
    macro = a_macro(ann, reply=secret, sends=True, tags=["late"])
    public = a_ticket(facebook, said="Hello?")

    with pytest.raises(NothingToSay):
        run_macro(public, macro, by=bea, now=LATER)
    archive(secret, by=ann, now=LATER)
    with pytest.raises(NothingToSay):
        run_macro(ticket, macro, by=bea, now=LATER, private=True)
    assert (reloaded(public).tags, reloaded(ticket).tags) == ([], [])


def test_beside_a_reply_that_waits_everything_waits_and_is_done_when_it_leaves(
    ann: Agent, bea: Agent, oto: Agent, ticket: Ticket
) -> None:
    reply = a_reply(ann, {EN: "It comes tomorrow."})
    team = make_team(ann.workspace, name="Parcels", members=[bea], by=ann, now=LATER)
    macro = a_macro(ann, reply=reply, assignee=oto, team=team, tags=["late"], resolution="solved")
    composed = Composed(text="It comes tomorrow.", private=True)

    later = send_with(ticket, macro, composed, by=bea, now=LATER, at=LATER + HOUR)
    change_macro(macro, Deeds(name="Otherwise", tags=["other"]), by=ann, now=LATER)

    assert isinstance(later, PendingReply)
    assert (reloaded(ticket).tags, reloaded(ticket).assignee, reloaded(ticket).state) == (
        [],
        None,
        State.OPEN,
    )
    then = then_of(later)
    assert then is not None
    assert (then.assignee_name, then.team_name, then.tags, then.resolution) == (
        "Oto",
        "Parcels",
        ["late"],
        "solved",
    )
    leave_due(now=LATER + HOUR)

    left = reloaded(ticket)
    assert (left.assignee, left.team, left.tags, left.state) == (oto, team, ["late"], State.RESOLVED)
    told = EventRecord.objects.get(kind="MacroRun")
    assert (told.by, told.payload["macro"], told.payload["undone"]) == (bea, "Anything", [])
    assert told.payload["done"] == ["replied", "assigned", "tagged", "resolved"]


def test_what_is_approved_takes_the_rest_along_and_what_comes_back_drops_it(
    ann: Agent, bea: Agent, oto: Agent, ticket: Ticket
) -> None:
    macro = a_macro(ann, reply=a_reply(ann, {EN: "Hello."}), assignee=oto, tags=["late"], resolution="solved")
    composed = Composed(text="Hello.", private=True)
    back = send_with(ticket, macro, composed, by=bea, now=LATER, review=True)
    assert isinstance(back, PendingReply)
    return_to_author(back, comment="Kinder.", by=oto, now=LATER)
    assert not EventRecord.objects.filter(kind="MacroRun").exists()

    asked = send_with(ticket, macro, composed, by=bea, now=LATER, review=True)
    oto.is_active = False
    oto.save(update_fields=["is_active"])
    assert isinstance(asked, PendingReply)
    approve(asked, by=ann, now=LATER)

    left = reloaded(ticket)
    assert (left.assignee, left.tags, left.state) == (None, ["late"], State.RESOLVED)
    told = EventRecord.objects.get(kind="MacroRun")
    assert (told.payload["done"], told.payload["undone"]) == (["replied", "tagged", "resolved"], ["assigned"])
