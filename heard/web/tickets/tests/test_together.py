from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heard.accounts.models import User
from heard.tickets.look import look
from heard.web.arrival import ARRIVED
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket

FRESH = "/tickets/fresh?folder=waiting&list=50"


def at(moment: float) -> dict[str, Any]:
    """What the front adds to a request that came then."""
    return {"asgi.scope": {ARRIVED: moment}}


def test_pages_that_ask_at_the_same_time_are_answered_by_one_reading(
    facebook: Network, of_bea: Client, of_oto: Client
) -> None:
    a_ticket(facebook, said="Where is my parcel?")
    moment = time.monotonic()

    first = of_bea.get(FRESH, **at(moment)).text
    with CaptureQueriesContext(connection) as queries:
        second = of_oto.get(FRESH, **at(moment)).text

    assert "Where is my parcel?" in first
    assert "Where is my parcel?" in second
    assert not [query for query in queries if "tickets_" in query["sql"]]


def test_what_happened_before_somebody_asked_is_never_missing(
    facebook: Network, of_bea: Client, of_oto: Client
) -> None:
    of_bea.get(FRESH)
    a_ticket(facebook, said="Where is my parcel?")

    assert "Where is my parcel?" in of_oto.get(FRESH, **at(time.monotonic())).text


def test_a_shared_reading_tells_nobody_of_themselves(
    facebook: Network, bea: Agent, of_bea: Client, of_oto: Client
) -> None:
    a_ticket(facebook, said="Is it blue?", by="Dana")
    look(a_ticket(facebook, said="Where is my parcel?"), by=bea, now=timezone.now())
    moment = time.monotonic()

    seen_by_oto, seen_by_bea = (client.get(FRESH, **at(moment)).text for client in (of_oto, of_bea))

    assert "Bea is looking at it" in seen_by_oto
    assert "Bea is looking at it" not in seen_by_bea
    assert ["Is it blue?" in seen_by_bea, "Where is my parcel?" in seen_by_bea] == [True, True]


def test_each_is_answered_in_their_own_language(
    facebook: Network, oto: Agent, of_bea: Client, of_oto: Client
) -> None:
    a_ticket(facebook, said="Where is my parcel?")
    User.objects.filter(pk=oto.user_id).update(language="cs")
    moment = time.monotonic()

    in_english, in_czech = (client.get(FRESH, **at(moment)).text for client in (of_bea, of_oto))

    assert 'title="English"' in in_english
    assert 'title="angličtina"' in in_czech


def test_another_workspace_has_a_reading_of_its_own(
    facebook: Network, of_bea: Client, of_cyril: Client
) -> None:
    a_ticket(facebook, said="Where is my parcel?")
    moment = time.monotonic()

    of_bea.get(FRESH, **at(moment))

    assert "Where is my parcel?" not in of_cyril.get(FRESH, **at(moment)).text


def test_what_a_colleague_shall_look_over_is_counted_for_nobody_else(
    facebook: Network, oto: Agent, of_bea: Client, of_oto: Client
) -> None:
    facebook.now = timezone.now() - timedelta(minutes=5)  # within the network's window
    ticket = a_ticket(facebook, said="Where is my parcel?")
    draft = {"mode": "public", "text": "On its way.", "review": "yes", "reviewer": oto.pk}
    of_bea.post(f"/tickets/{ticket.number}/reply?folder=waiting", draft, headers={"HX-Request": "true"})
    moment = time.monotonic()

    def seen(client: Client, folder: str) -> str:
        return client.get(f"/tickets/fresh?folder={folder}&list=50", **at(moment)).text

    counted = re.compile(r'folder=to-review".*?class="count">1<', re.DOTALL)
    assert counted.search(seen(of_oto, "waiting").partition("folder=came-back")[0])
    assert not counted.search(seen(of_bea, "waiting").partition("folder=came-back")[0])
    assert "Where is my parcel?" in seen(of_oto, "to-review")
    assert "Where is my parcel?" not in seen(of_bea, "to-review")
