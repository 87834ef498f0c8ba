"""The card of the customer's country, as the composer shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from heard.tickets.models import Ticket
from heard.voice.markets import Holiday, card_for, holidays_ahead
from heard.voice.models import MarketCard
from heard.web.settings.markets import country_name
from heard.workspaces.models import Agent


@dataclass(frozen=True, slots=True)
class Market:
    card: MarketCard
    name: str
    holidays: Sequence[Holiday]


def market_of(
    ticket: Ticket, cards: Sequence[MarketCard], *, agent: Agent, zone: ZoneInfo | None, now: datetime
) -> Market | None:
    language = ticket.language or ticket.contact.language
    card = card_for(agent, cards, zone=zone, language=language)
    if card is None:
        return None
    return Market(card, country_name(card.country), holidays_ahead(card, now=now, zone=zone))
