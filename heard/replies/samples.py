"""How a text reads once it is filled in: with made-up values for a preview, and without any to be used elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from heard.language.money import Money
from heard.language.person import Person
from heard.placeholders.fill import Filled, fill
from heard.placeholders.known import PLACEHOLDERS, Kind
from heard.placeholders.values import AgentName, Value
from heard.replies.ways import Way

_CUSTOMERS: Final = {
    "en": Person("Anna Smith", "Anna", "Smith", "female"),
    "cs": Person("Jana Nováková", "Jana", "Nováková", "female"),
    "sl": Person("Ana Novak", "Ana", "Novak", "female"),
    "hu": Person("Kovács Anna", "Anna", "Kovács", "female"),
    "el": Person("Ελένη Παπαδοπούλου", "Ελένη", "Παπαδοπούλου", "female"),
}
_AGENT: Final = AgentName("Bea", "female")
_TEXTS: Final = {
    "order_number": "A-10425",
    "ticket_number": "HRD-1042-K7",
    "voucher_code": "THANKS-10",
    "company": "Acme",
    "languages": "English, Čeština",
    "hours": "9–17",
    "time_zone": "Europe/Prague",
}


def with_samples(text: str, way: Way, *, now: datetime) -> Filled:
    """What nobody can make up for every shop stays a blank. Raises WrongWording."""
    values = _samples(way.language, now)
    return fill(text, values, language=way.language, formality=way.formality)


def without_placeholders(text: str, way: Way) -> str:
    """For use elsewhere: a name that is not known is left out, anything else is a blank to fill in by hand.

    Raises WrongWording.
    """
    filled = fill(text, {}, language=way.language, formality=way.formality)
    pieces, end = [], 0
    for blank in filled.missing:
        pieces += [filled.text[end : blank.start], f"[{blank.name.replace('_', ' ').replace('.', ' ')}]"]
        end = blank.end
    return "".join([*pieces, filled.text[end:]])


def _samples(language: str, now: datetime) -> Mapping[str, Value]:
    made = {name: _sample(one.kind, now) for name, one in PLACEHOLDERS.items()}
    known = {name: value for name, value in made.items() if value is not None}
    customer = _CUSTOMERS.get(language, _CUSTOMERS["en"])
    chosen = {name: one.choices[0] for name, one in PLACEHOLDERS.items() if one.kind is Kind.CHOICE}
    return {**known, **_TEXTS, **chosen, "customer.name": customer}


def _sample(kind: Kind, now: datetime) -> Value | None:
    match kind:
        case Kind.AGENT:
            return _AGENT
        case Kind.GENDER:
            return _AGENT.gender
        case Kind.COUNT:
            return 3
        case Kind.DATE:
            return (now + timedelta(days=3)).date()
        case Kind.MOMENT:
            return now + timedelta(hours=2)
        case Kind.MONEY:
            return Money(Decimal(25), "EUR")
        case Kind.LINK:
            return "https://shop.example/help"
        case Kind.PHONE:
            return "+44 20 7946 0958"
        case Kind.EMAIL:
            return "help@shop.example"
    return None
