"""Whatever happens in whatever order: nothing leaves twice, nothing written is lost, the ticket says what is so."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from heard.tickets.answer import NothingWaits, answered
from heard.tickets.models import Draft, Message, PendingReply, State, Ticket
from heard.tickets.pending.come_back import take_back
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.hold import WAITING, TooLate
from heard.tickets.pending.leave import leave_due
from heard.tickets.pending.review import approve, ask_review, return_to_author
from heard.tickets.pending.schedule import schedule
from heard.tickets.reopen import NothingToReopen, reopen
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, reloaded

STEPS = 25


@pytest.mark.parametrize("seed", range(6))
def test_every_history_ends_well(messenger: Network, bea: Agent, oto: Agent, seed: int) -> None:
    """One ticket of one customer, whom two agents answer, now, later and for each other."""
    chance = random.Random(seed)
    ticket = messenger.ticket(messenger.direct("Where is my parcel?"))
    for step in range(STEPS):
        messenger.tick(minutes=chance.randint(1, 40))
        _something(chance, messenger, ticket, chance.choice((bea, oto)), f"Word {step}.")
        _all_is_well(ticket)
    messenger.tick(hours=3)
    leave_due(now=messenger.now)
    _all_is_well(ticket)


def _something(chance: random.Random, network: Network, ticket: Ticket, by: Agent, text: str) -> None:
    now, words = network.now, Composed(text=text)
    waiting = list(ticket.pending_replies.filter(state__in=WAITING))
    one = chance.choice(waiting) if waiting else None
    match chance.randrange(9):
        case 0:
            network.direct(text)
        case 1:
            schedule(ticket, words, at=now + timedelta(minutes=chance.randint(1, 90)), by=by, now=now)
        case 2:
            ask_review(ticket, words, by=by, now=now)
        case 3:
            reply(ticket, text=text, by=by, now=now)
        case 4:
            leave_due(now=now)
        case 5:
            _end(chance, ticket, by, network)
        case 6 if one:
            take_back(one, by=by, now=now)
        case 7 if one:
            _review(chance, one, by, network)
        case _:
            leave_due(now=now)
            leave_due(now=now)


def _end(chance: random.Random, ticket: Ticket, by: Agent, network: Network) -> None:
    try:
        if chance.random() < 0.4:
            resolve(ticket, by=by, now=network.now, note="By telephone.")
        elif chance.random() < 0.5:
            answered(ticket, by=by, now=network.now)
        else:
            reopen(ticket, by=by, now=network.now)
    except (NothingWaits, NothingToReopen):
        pass


def _review(chance: random.Random, one: PendingReply, by: Agent, network: Network) -> None:
    if one.agent_id == by.pk:
        return
    try:
        if chance.random() < 0.6:
            approve(one, by=by, now=network.now)
        else:
            return_to_author(one, comment="Greet her first.", by=by, now=network.now)
    except TooLate:
        pass


def _all_is_well(ticket: Ticket) -> None:
    ticket = reloaded(ticket)
    rows = list(ticket.pending_replies.all())
    scheduled = [row.at for row in rows if row.state == PendingReply.State.SCHEDULED and row.at]
    in_review = [row.made_at for row in rows if row.state == PendingReply.State.REVIEW]
    assert ticket.answer_at == min(scheduled, default=None)
    assert ticket.review_since == min(in_review, default=None)
    assert not (ticket.state == State.RESOLVED and (scheduled or in_review)) or _was_resolved_before(
        ticket, rows
    )
    said = list(ticket.messages.filter(direction="out").values_list("text", flat=True))
    assert len(said) == len(set(said))
    for row in rows:
        if row.state == PendingReply.State.SENT:
            assert said.count(row.text) == 1
        elif row.state not in WAITING:
            assert row.text not in said
            assert _is_kept(ticket, row)


def _is_kept(ticket: Ticket, row: PendingReply) -> bool:
    """In the author's draft, unless what they wrote there since took its place."""
    drafts = Draft.objects.filter(ticket=ticket, agent=row.agent_id)
    if any(row.text in draft.text for draft in drafts):
        return True
    later = Message.objects.filter(ticket=ticket, agent=row.agent_id, at__gte=row.ended_at)
    held = PendingReply.objects.filter(ticket=ticket, agent=row.agent_id, made_at__gte=row.ended_at)
    return later.exists() or held.exists()


def _was_resolved_before(ticket: Ticket, rows: list[PendingReply]) -> bool:
    """One may be written for a ticket that is resolved already."""
    assert ticket.resolved_at
    return all(row.made_at >= ticket.resolved_at for row in rows if row.state in WAITING)
