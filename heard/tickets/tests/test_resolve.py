from __future__ import annotations

from datetime import timedelta

import pytest

from heard.tickets.answer import answered
from heard.tickets.models import Outcome, Resolution, State
from heard.tickets.reply import reply
from heard.tickets.resolve import NoteNeeded, StillWaiting, resolve
from heard.tickets.snooze import snooze
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_an_answered_ticket_is_solved_without_a_word(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    reply(ticket, text="On its way.", by=bea, now=facebook.tick())

    resolve(ticket, by=bea, now=facebook.tick())

    done = reloaded(ticket)
    assert (done.state, done.resolution, done.resolved_at) == (State.RESOLVED, "solved", facebook.now)


def test_a_ticket_in_which_somebody_waits_is_not_solved_silently(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    with pytest.raises(StillWaiting):
        resolve(ticket, by=bea, now=facebook.tick())

    resolve(ticket, by=bea, now=facebook.tick(), note="told her on the phone")
    assert ticket.messages.get().outcome == Outcome.ANSWERED


@pytest.mark.parametrize("resolution", [one for one in Resolution if one != Resolution.SOLVED])
def test_every_other_resolution_takes_a_sentence_and_dismisses_what_waits(
    facebook: Network, bea: Agent, resolution: Resolution
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    with pytest.raises(NoteNeeded):
        resolve(ticket, by=bea, now=facebook.tick(), resolution=resolution)
    resolve(ticket, by=bea, now=facebook.tick(), resolution=resolution, note="because")

    message = ticket.messages.get()
    assert (message.outcome, message.outcome_reason) == (Outcome.DISMISSED, "because")
    assert reloaded(ticket).waiting_since is None


def test_what_was_solved_can_be_called_spam_afterwards(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Cheap watches")
    resolve(ticket, by=bea, now=facebook.tick(), note="seen")

    resolve(ticket, by=bea, now=facebook.tick(), resolution=Resolution.SPAM, note="watches")

    assert reloaded(ticket).is_spam


def test_resolving_ends_a_snooze(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    snooze(ticket, until=facebook.now + timedelta(hours=1), by=bea, now=facebook.now)

    resolve(ticket, by=bea, now=facebook.tick(), note="by phone")

    assert reloaded(ticket).snoozed_until is None


def test_resolving_twice_tells_once(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    answered(ticket, by=bea, now=facebook.tick())

    resolve(ticket, by=bea, now=facebook.tick())
    resolve(ticket, by=bea, now=facebook.tick())

    assert ticket.workspace.eventrecord_set.filter(kind="TicketResolved").count() == 1
