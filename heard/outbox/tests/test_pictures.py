"""A network that is public and private at once, from the customer's words to the answer that stands there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox, InboxHealth
from heard.ingest.fetch import fetch_for
from heard.tickets.models import Delivery, Message, Ticket
from heard.tickets.route import route
from tests.cast import reloaded
from tests.shop import Shop


def _connected(shop: Shop, login: str) -> Inbox:
    told = shop.sandbox.control("instagram/credentials", query={"login": login})
    credentials = channel("instagram").credentials.model_validate(told)
    return connect(
        shop.bea.workspace,
        slug="instagram",
        credentials=credentials,
        by=shop.bea,
        now=timezone.now(),
        public_url=shop.door.url,
    )


def _asked(shop: Shop, kind: str, text: str) -> Ticket:
    id = shop.sandbox.say("instagram", by="jana", kind=kind, text=text)
    shop.hears("instagram")
    return Message.objects.get(external_id__contains=id).ticket


@pytest.mark.parametrize("login", ["instagram", "facebook"])
def test_a_comment_is_answered_in_public_then_in_private_in_one_ticket(shop: Shop, login: str) -> None:
    inbox = _connected(shop, login)
    ticket = _asked(shop, "comment", "Kolik stojí ta modrá?")
    assert (route(ticket, private=False).limit, route(ticket, private=True).limit) == (2_200, 1_000)

    public = shop.answers(ticket, "25 eur.")
    private = shop.answers(ticket, "A doprava je zdarma.", private=True)
    assert shop.sends(inbox, ahead=timedelta(minutes=1)) == 2
    shop.hears("instagram")
    assert {reloaded(one).delivery for one in (public, private)} == {Delivery.SENT}
    assert (shop.held("instagram", "25 eur."), shop.held("instagram", "A doprava je zdarma.")) == (1, 1)

    assert _asked(shop, "direct", "Díky, beru ji.") == ticket
    more = shop.answers(ticket, "Posíláme ji zítra.", private=True)
    shop.sends(inbox, ahead=timedelta(minutes=2))
    shop.sandbox.control("instagram/read", {"as": "jana"})
    shop.hears("instagram")
    assert reloaded(more).delivery == Delivery.READ
    assert Message.objects.filter(direction="out").count() == 3


def test_what_is_said_in_public_opens_no_window_for_private_words(shop: Shop) -> None:
    _connected(shop, "instagram")
    direct = _asked(shop, "direct", "Máte otevřeno?")
    closes_at = route(direct, private=True).closes_at

    _asked(shop, "comment", "Hezké hrnky")

    assert route(reloaded(direct), private=True).closes_at == closes_at


def test_a_mention_is_shown_in_words_and_answered_where_it_stands(shop: Shop) -> None:
    inbox = _connected(shop, "facebook")
    ticket = _asked(shop, "mention", "@acme.shop proč neodpovídáte?")

    fetch_for(inbox)

    assert reloaded(ticket).preview == "@acme.shop proč neodpovídáte?"
    shop.answers(ticket, "Omlouváme se.")
    shop.sends(inbox)
    assert shop.held("instagram", "Omlouváme se.") == 1


def test_the_end_of_the_token_is_known_from_the_first_day(shop: Shop) -> None:
    inbox = _connected(shop, "instagram")
    ends = InboxHealth.objects.get(inbox=inbox).expires_at
    assert ends
    assert timedelta(days=58) < ends - timezone.now() < timedelta(days=61)
