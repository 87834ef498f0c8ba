from __future__ import annotations

from datetime import timedelta

from heard.events.models import EventRecord
from heard.people.leave import leave
from heard.tickets.answer import answered
from heard.tickets.assign import assign
from heard.tickets.models import Resolution, Ticket
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def of(agent: Agent, facebook: Network) -> Ticket:
    ticket = a_ticket(facebook, said="Hello")
    assign(ticket, to=agent, by=agent, now=facebook.now)
    return ticket


def test_what_a_colleague_had_is_everybody_s_when_they_leave(
    facebook: Network, ann: Agent, bea: Agent, oto: Agent
) -> None:
    waiting, done = of(bea, facebook), of(bea, facebook)
    answered(done, by=bea, now=facebook.tick())
    another = of(oto, facebook)

    leave(bea, by=ann, now=facebook.tick())

    assert reloaded(waiting).assignee is None
    assert reloaded(done).assignee is None
    assert reloaded(another).assignee == oto
    told = EventRecord.objects.filter(kind="TicketAssigned", ticket_id=waiting.pk).last()
    assert told is not None
    assert (told.by, told.payload["assignee_id"]) == (ann, None)


def test_what_was_resolved_long_ago_stays_theirs(facebook: Network, ann: Agent, bea: Agent) -> None:
    long_ago, lately = of(bea, facebook), of(bea, facebook)
    for ticket, at in ((long_ago, facebook.now), (lately, facebook.tick(days=10))):
        resolve(ticket, by=bea, now=at, resolution=Resolution.SOLVED, note="By phone")

    leave(bea, by=ann, now=facebook.tick() + timedelta(hours=1))

    assert reloaded(long_ago).assignee == bea
    assert reloaded(lately).assignee is None
