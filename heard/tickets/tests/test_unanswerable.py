"""The network gives no right to answer some messages, though it does for others of their kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from heard.channels.contract import Abilities
from heard.channels.facebook.channel import Facebook
from heard.channels.registry import CHANNELS
from heard.tickets.reply import reply
from heard.tickets.route import NoWay, Route, route
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket

RULE = "Only those who named us may be answered."


class Choosy(Facebook):
    """A network whose dearest plan answers everybody."""

    def abilities_for(self, plan: str) -> Abilities:
        return replace(self.abilities, answers_all=plan == "enterprise")


@pytest.fixture
def choosy(facebook: Network) -> Iterator[Network]:
    before = CHANNELS["facebook"]
    CHANNELS["facebook"] = Choosy()
    yield facebook
    CHANNELS["facebook"] = before


def test_what_may_not_be_answered_has_no_way_and_says_why(choosy: Network, bea: Agent) -> None:
    said = choosy.comment("Where is it?", unanswerable=RULE, permalink="https://network.example/1")

    with pytest.raises(NoWay) as closed:
        reply(choosy.ticket(said), text="Here.", by=bea, now=choosy.tick())

    assert (closed.value.code, closed.value.reason) == ("no_right", RULE)
    assert closed.value.permalink == "https://network.example/1"


def test_a_plan_may_answer_it_all_the_same(choosy: Network) -> None:
    said = choosy.comment("Where is it?", unanswerable=RULE)
    choosy.inbox.plan = "enterprise"
    choosy.inbox.save()

    assert isinstance(route(choosy.ticket(said), private=False), Route)


def test_a_message_that_may_be_answered_goes_before_a_newer_one_that_may_not(choosy: Network) -> None:
    first = choosy.comment("Where is it?")
    choosy.comment("Hello?", under=first, unanswerable=RULE)

    way = route(choosy.ticket(first), private=False)

    assert way.target is not None
    assert way.target.external_id == first


def test_a_private_answer_to_it_stays_possible(choosy: Network) -> None:
    ticket = a_ticket(choosy, said="Hello")
    ticket.messages.update(unanswerable=RULE)

    assert route(ticket, private=True).private_reply
