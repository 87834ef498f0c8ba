from __future__ import annotations

import pytest

from heard.tickets.models import Outcome
from heard.tickets.reopen import NothingToReopen, reopen
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_the_newest_word_waits_again(messenger: Network, bea: Agent) -> None:
    first, second = messenger.direct("Hello"), messenger.direct("Where is it?")
    ticket = messenger.ticket(first)
    reply(ticket, text="On its way.", by=bea, now=messenger.tick())
    resolve(ticket, by=bea, now=messenger.tick())

    reopen(ticket, by=bea, now=messenger.tick())

    assert messenger.message(first).outcome == Outcome.ANSWERED
    assert messenger.message(second).outcome == Outcome.OPEN
    assert reloaded(ticket).waiting_since == messenger.message(second).at
    assert (reloaded(ticket).resolution, reloaded(ticket).resolved_at) == ("", None)


def test_an_open_ticket_cannot_be_reopened(facebook: Network, bea: Agent) -> None:
    with pytest.raises(NothingToReopen):
        reopen(a_ticket(facebook, said="Hi"), by=bea, now=facebook.tick())
