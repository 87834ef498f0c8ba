"""The order is the customer's: whatever overtakes what, the conversation ends the same."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from heard.ingest.models import LedgerLine
from heard.tickets.models import Message, Ticket
from tests import calls
from tests.calls import Element
from tests.cast import NOON, Network

LATER = NOON + timedelta(hours=2)
BOUNDED = settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class TakenBack(Exception):
    """Ends one try and all it wrote."""


def _at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


COMMENTS: list[Element] = [
    calls.comment("a", "Where is my parcel?", at=_at(1)),
    calls.comment("b", "Mine too", at=_at(2), by="dana", under="a"),
    calls.comment("c", "And mine", at=_at(3), by="oto", under="b"),
    calls.comment("d", "Lovely shop", at=_at(4), by="ann"),
    calls.edited("a", "Where are my parcels?", at=_at(5)),
    calls.edited("a", "Where are both parcels?", at=_at(6)),
    calls.edited("a", "Where are my parcels?", at=_at(7)),
    calls.felt("a", "love", at=_at(8)),
    calls.felt("a", "sad", at=_at(9)),
    calls.felt("b", "like", at=_at(8)),
    calls.felt("b", "like", at=_at(10), added=False),
    calls.hidden("d", at=_at(11)),
    calls.hidden("d", at=_at(12), hidden=False),
    calls.hidden("b", at=_at(13)),
    calls.removed("c", at=_at(14), by="oto"),
    calls.own_comment("e", "Tomorrow.", at=_at(15), under="a"),
]
DIRECTS: list[Element] = [
    calls.direct("m1", "Hello", at=_at(1)),
    calls.direct("m2", "Anybody?", at=_at(2)),
    calls.direct_edited("m1", "Hello there", at=_at(3)),
    calls.direct_felt("m1", "❤", at=_at(4)),
    calls.direct_felt("m1", "", at=_at(5)),
    calls.own_direct("r1", "Yes.", at=_at(6)),
    calls.direct_felt("r1", "👍", at=_at(7)),
    calls.delivered("r1", at=_at(8)),
    calls.direct("n1", "Good day", at=_at(9), by="dana"),
    calls.direct_edited("n1", "Good evening", at=_at(10), by="dana"),
]


@BOUNDED
@given(seed=st.integers(0, 2**32), batch=st.integers(2, 6))
def test_public_facts_in_any_order_end_as_in_their_own(facebook: Network, seed: int, batch: int) -> None:
    assert _end(facebook, _shuffled(COMMENTS, seed), batch) == _end(facebook, COMMENTS, 4)


@BOUNDED
@given(seed=st.integers(0, 2**32), batch=st.integers(2, 6))
def test_private_facts_in_any_order_end_as_in_their_own(messenger: Network, seed: int, batch: int) -> None:
    assert _end(messenger, _shuffled(DIRECTS, seed), batch) == _end(messenger, DIRECTS, 4)


def _shuffled(facts: list[Element], seed: int) -> list[Element]:
    return random.Random(seed).sample(facts, len(facts))


def _end(network: Network, facts: list[Element], batch: int) -> Any:
    """How everything stands after these facts; then all of it is taken back."""
    end: Any = None
    try:
        with transaction.atomic():
            for start in range(0, len(facts), batch):
                calls.stored(network.inbox, *facts[start : start + batch], now=LATER)
                calls.take_all(now=LATER)
            end = _standing(network)
            raise TakenBack
    except TakenBack:
        return end


def _standing(network: Network) -> dict[str, Any]:
    messages = Message.objects.filter(inbox=network.inbox).select_related(
        "ticket", "author__contact", "parent"
    )
    places = LedgerLine.objects.filter(inbox=network.inbox).values_list("fact", "place")
    return {
        "said": {message.external_id: _told(message) for message in messages},
        "tickets": sorted(_of_ticket(ticket) for ticket in Ticket.objects.exclude(resolution="duplicate")),
        "ledger": sorted(places),
    }


def _told(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "at": message.at,
        "direction": message.direction,
        "by": message.author and message.author.address,
        "parent": message.parent and message.parent.external_id,
        "edited": message.edited_at,
        "removed": message.removed_at,
        "hidden": message.hidden_at,
        "outcome": message.outcome,
        "answered by": message.answered_by and message.answered_by.external_id,
        "delivery": (message.delivery, message.delivered_at, message.read_at),
        "before": sorted((row.until, row.text) for row in message.versions.all()),
        "felt": sorted((row.address, row.name, row.emoji) for row in message.reactions.all()),
        "with": sorted(message.ticket.messages.values_list("external_id", flat=True)),
    }


def _of_ticket(ticket: Ticket) -> tuple[Any, ...]:
    return (
        ticket.state,
        ticket.waiting_since or NOON,
        ticket.last_message_at,
        ticket.preview,
        ticket.contact.name if ticket.kind == "direct" else "",
    )
