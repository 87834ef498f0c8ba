"""A card of a country: kept by everybody, shown for the customer who is from there, hidden by whoever knows it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from heard.contacts.models import Contact
from heard.events.models import EventRecord
from heard.voice.market_words import STARTER
from heard.voice.markets import (
    BadCard,
    WantedCard,
    add_starter_cards,
    card_for,
    hide_card,
    holidays_ahead,
    remove_card,
    write_card,
)
from heard.voice.models import MarketCard
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in


def countries_for(agent: Agent, zone: str, language: str) -> str:
    cards = list(MarketCard.objects.visible_to(agent))
    card = card_for(agent, cards, zone=ZoneInfo(zone) if zone else None, language=language)
    return card.country if card else ""


def test_it_goes_by_the_clock_and_else_by_the_language(ann: Agent, bea: Agent, cyril: Agent) -> None:
    assert add_starter_cards(by=ann, now=NOON) == len(STARTER)
    assert add_starter_cards(by=ann, now=NOON) == 0

    assert countries_for(bea, "Europe/Dublin", "en") == "IE"
    assert countries_for(bea, "", "en") == "GB"
    assert countries_for(bea, "Europe/Vienna", "cs") == ""  # Czech, and not from Czechia
    assert countries_for(bea, "", "cs") == "CZ"
    assert countries_for(bea, "", "") == ""
    assert countries_for(cyril, "", "cs") == ""

    card = MarketCard.objects.get(country="CZ")
    hide_card(card, hidden=True, by=bea, now=NOON)
    hide_card(card, hidden=True, by=bea, now=NOON)
    assert (countries_for(bea, "", "cs"), countries_for(ann, "", "cs")) == ("", "CZ")
    hide_card(card, hidden=False, by=bea, now=NOON)
    assert countries_for(bea, "", "cs") == "CZ"
    assert EventRecord.objects.filter(kind="MarketHidden").count() == 2


def test_holidays_of_the_next_three_weeks_stand_on_it(ann: Agent) -> None:
    card = write_card(None, WantedCard(country="SI"), by=ann, now=datetime(2026, 3, 1, tzinfo=UTC))

    def ahead(*day: int) -> list[str]:
        return [one.on.isoformat() for one in holidays_ahead(card, now=datetime(*day, tzinfo=UTC), zone=None)]  # type: ignore[misc, arg-type]

    assert ahead(2026, 4, 20) == ["2026-04-27", "2026-05-01", "2026-05-02"]
    assert ahead(2026, 3, 1) == []
    assert ahead(2027, 2, 8) == ["2027-02-08"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"country": "GR"}, "country"),
        ({"language": "el"}, "language"),
        ({"language": "xx"}, "language"),
        ({"taboos": "x" * 301}, "taboos"),
    ],
)
def test_what_cannot_be_is_refused(ann: Agent, wrong: dict[str, Any], field: str) -> None:
    card = write_card(None, WantedCard(country="GR", language="el"), by=ann, now=NOON)

    with pytest.raises(BadCard) as refused:
        write_card(None, WantedCard(**{"country": "CY", **wrong}), by=ann, now=NOON)

    assert refused.value.field == field
    remove_card(card, by=ann, now=NOON)
    assert not MarketCard.objects.exists()


@pytest.mark.usefixtures("plain_static")
def test_the_composer_shows_it_in_one_line_until_the_agent_hides_it(bea: Agent, facebook: Network) -> None:
    desk = signed_in(bea)
    typed = {"country": "GR", "language": "el", "greeting": "Καλημέρα works all morning."}
    assert desk.post("/settings/markets/add", {**typed, "country": "XX"}).status_code == 422
    assert desk.post("/settings/markets/add", typed).status_code == 302
    assert desk.post("/settings/markets/add", typed).status_code == 422
    card = MarketCard.objects.get()
    ticket = a_ticket(facebook, said="Hello")
    line = "How one writes to people in Greece"
    assert line not in desk.get(f"/tickets/{ticket.number}").text

    Contact.objects.update(time_zone="Europe/Athens")
    page = desk.get(f"/tickets/{ticket.number}").text
    assert line in page
    assert "Καλημέρα works all morning." in page
    back = desk.post(f"/settings/markets/{card.pk}/hide", {"hidden": "yes", "ticket": ticket.number})
    assert back.headers["Location"] == f"/tickets/{ticket.number}"
    assert line not in desk.get(f"/tickets/{ticket.number}").text
    assert "Show it to me again" in desk.get("/settings/markets").text
    desk.post(f"/settings/markets/{card.pk}", {**typed, "greeting": "Hello"})
    assert "Hello" in desk.get(f"/settings/markets/{card.pk}").text
    desk.post(f"/settings/markets/{card.pk}/remove")
    desk.post("/settings/markets/starter")
    assert MarketCard.objects.count() == len(STARTER)
