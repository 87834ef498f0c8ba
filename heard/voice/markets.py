"""Write down what helps to write to people in a country, and find the card for a customer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.core import get_global
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import translation

from heard.events.publishing import publish
from heard.voice.events import MarketHidden, MarketRemoved, MarketWritten
from heard.voice.market_words import STARTER
from heard.voice.models import MarketCard
from heard.workspaces.holidays import YEARS, countries, holidays_of
from heard.workspaces.models import Agent, Workspace

LONGEST: Final = 300
LONGEST_NOTES: Final = 1_000
AHEAD: Final = timedelta(days=21)
_SHOWN: Final = (
    *("id", "country", "language", "greeting", "directness", "formality", "taboos", "notes", "holidays"),
    "hidden_from",
)


class BadCard(Exception):
    """`field` cannot be like this, and `code` says why: unknown, taken or long."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCard:
    country: str
    language: str = ""
    greeting: str = ""
    directness: str = ""
    formality: str = ""
    taboos: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    on: date
    name: str


@transaction.atomic
def write_card(card: MarketCard | None, wanted: WantedCard, *, by: Agent, now: datetime) -> MarketCard:
    """None: a new one. Everybody who answers may. Raises BadCard."""
    Workspace.objects.select_for_update(no_key=True).get(pk=by.workspace_id)
    told = _checked(wanted)
    others = MarketCard.objects.visible_to(by).exclude(pk=card.pk if card else 0)
    for name in ("country", "language"):
        if told[name] and others.filter(**{name: told[name]}).exists():
            raise BadCard(name, "taken")
    row = card or MarketCard(workspace_id=by.workspace_id)
    for name, value in told.items():
        setattr(row, name, value)
    row.holidays = _holidays(told["country"], by.workspace, now=now)
    row.save()
    publish(MarketWritten(**_about(row, by=by, now=now)))
    return row


@transaction.atomic
def remove_card(card: MarketCard, *, by: Agent, now: datetime) -> None:
    publish(MarketRemoved(**_about(card, by=by, now=now)))
    card.delete()


@transaction.atomic
def hide_card(card: MarketCard, *, hidden: bool, by: Agent, now: datetime) -> None:
    """Whoever knows a country needs no card. It hides from nobody else."""
    row = MarketCard.objects.select_for_update(no_key=True).get(pk=card.pk)
    if row.is_hidden_from(by) == hidden:
        return
    others = [pk for pk in row.hidden_from if pk != by.pk]
    row.hidden_from = [*others, by.pk] if hidden else others
    row.save(update_fields=["hidden_from"])
    publish(MarketHidden(**_about(row, by=by, now=now), hidden=hidden))


@transaction.atomic
def add_starter_cards(*, by: Agent, now: datetime) -> int:
    """Modest ones to begin with, in the workspace's language. What is there already stays as it is."""
    there = set(MarketCard.objects.visible_to(by).values_list("country", "language"))
    taken, spoken = {country for country, _ in there}, {language for _, language in there}
    missing = [one for one in STARTER if one["country"] not in taken]
    with translation.override(by.workspace.language):
        for one in missing:
            told = {name: translation.gettext(words) if words else "" for name, words in one.items()}
            told |= {"country": one["country"], "language": one["language"]}
            if told["language"] in spoken:
                told["language"] = ""
            write_card(None, WantedCard(**told), by=by, now=now)
    return len(missing)


def cards_of_workspace() -> ArraySubquery:
    """For a question about the workspace that is asked anyway: `as_cards` makes cards of the answer."""
    here = MarketCard.objects.filter(workspace=OuterRef("pk")).order_by("pk")
    told = JSONObject(**{name: name for name in _SHOWN})
    return ArraySubquery(here.values(told=told))


def as_cards(told: Iterable[Mapping[str, Any]]) -> list[MarketCard]:
    return [MarketCard(**one) for one in told]


def card_for(
    agent: Agent, cards: Sequence[MarketCard], *, zone: ZoneInfo | None, language: str
) -> MarketCard | None:
    """By where the customer's clock stands, else by the language they write. None where the agent hid it."""
    country = get_global("zone_territories").get(zone.key, "") if zone else ""
    card = _first(cards, country=country) or (_first(cards, language=language) if not country else None)
    return None if card is None or card.is_hidden_from(agent) else card


def holidays_ahead(card: MarketCard, *, now: datetime, zone: ZoneInfo | None) -> list[Holiday]:
    """Of the next three weeks, today's among them."""
    today = now.astimezone(zone or ZoneInfo("UTC")).date()
    known = [Holiday(date.fromisoformat(day), name) for day, name in card.holidays]
    return [one for one in known if today <= one.on <= today + AHEAD]


def _first(cards: Iterable[MarketCard], **wanted: str) -> MarketCard | None:
    [(name, value)] = wanted.items()
    return next((card for card in cards if value and getattr(card, name) == value), None)


def _checked(wanted: WantedCard) -> dict[str, str]:
    told: Mapping[str, str] = asdict(wanted)
    clean = {name: " ".join(value.replace("\x00", "").split()) for name, value in told.items()}
    if clean["country"] not in countries():
        raise BadCard("country", "unknown")
    if clean["language"] not in ("", *dict(settings.LANGUAGES)):
        raise BadCard("language", "unknown")
    for one in fields(wanted):
        if len(clean[one.name]) > (LONGEST_NOTES if one.name == "notes" else LONGEST):
            raise BadCard(one.name, "long")
    return clean


def _holidays(country: str, workspace: Workspace, *, now: datetime) -> list[tuple[str, str]]:
    """Kept beside the card: whoever shows it need not carry the library of all holidays."""
    years = range(now.year, now.year + YEARS)
    found = (one for year in years for one in holidays_of(country, year=year, language=workspace.language))
    return [(one.on.isoformat(), one.name) for one in found]


def _about(row: MarketCard, *, by: Agent, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": row.workspace_id,
        "at": now,
        "by_id": by.pk,
        "card_id": row.pk,
        "country": row.country,
    }
