"""Bad weather at the simulated networks, and a desk that goes on sending through it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from heard.outbox.confirm import confirm_unconfirmed
from heard.outbox.deliver import rescue_claimed
from heard.tickets.models import Message
from tests import calls
from tests.shop import Shop

WEATHER: list[dict[str, Any]] = [
    {},
    {"answer": 429, "times": 2, "retry_after": 1},
    {"answer": 500, "times": 2},
    {"answer": "reset_after_accept", "times": 2},
    {"answer": "timeout", "times": 1, "hold_s": 2},
    {"answer": "permission", "times": 1},
    {"duplicate": 0.5, "reorder": True},
    {"drop": 0.3},
]


def answers_through(shop: Shop, *, replies: int, people: Sequence[str], seed: int = 7) -> list[Message]:
    """So many replies in private, queued, sent in every weather, and settled as far as they can be."""
    chance, ahead = random.Random(seed), timedelta()
    tickets = [shop.asked(by=who, direct=True) for who in people]
    made = [shop.answers(chance.choice(tickets), f"answer {n}") for n in range(replies)]
    for weather in chance.sample(WEATHER, len(WEATHER)):
        shop.sandbox.faults("messenger", seed=3, **weather)
        for _ in range(2):
            ahead += timedelta(hours=3)
            shop.sends(shop.messenger, ahead=ahead)
            rescue_claimed(now=timezone.now() + ahead)
            calls.take_all(now=timezone.now())
    shop.sandbox.faults("messenger")
    shop.sends(shop.messenger, ahead=ahead + timedelta(hours=3))
    shop.hears("messenger")
    confirm_unconfirmed(now=timezone.now() + ahead)
    return list(Message.objects.filter(pk__in=[one.pk for one in made]))


def said_by_us(shop: Shop) -> Counter[str]:
    """How often the network holds each of our private words."""
    return Counter(one["text"] for one in shop.sandbox.state("messenger")["directs"] if one["from_page"])
