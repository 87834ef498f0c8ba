from __future__ import annotations

import pytest

from heard.events.models import EventRecord
from heard.tickets.tag import LONGEST, MOST, BadTag, tag
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded


def test_tags_are_added_and_taken_away(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    tag(ticket, add=["Delivery", "  late   parcel "], by=bea, now=facebook.tick())
    tag(ticket, add=["returns"], remove=["delivery"], by=bea, now=facebook.tick())

    assert reloaded(ticket).tags == ["late parcel", "returns"]


def test_the_same_tag_twice_is_one_and_tells_nobody(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    tag(ticket, add=["delivery", "DELIVERY"], by=bea, now=facebook.tick())

    tag(ticket, add=["delivery"], remove=["unknown"], by=bea, now=facebook.tick())

    assert reloaded(ticket).tags == ["delivery"]
    assert EventRecord.objects.filter(kind="TicketTagged").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST + 1)])
def test_a_tag_has_a_readable_length(facebook: Network, bea: Agent, name: str) -> None:
    with pytest.raises(BadTag):
        tag(a_ticket(facebook, said="Hi"), add=[name], by=bea, now=facebook.tick())


def test_a_ticket_has_a_readable_number_of_tags(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Hi")
    tag(ticket, add=[f"t{n}" for n in range(MOST)], by=bea, now=facebook.tick())

    with pytest.raises(BadTag):
        tag(ticket, add=["one more"], by=bea, now=facebook.tick())
    tag(ticket, add=["one more"], remove=["t0"], by=bea, now=facebook.tick())
