"""What somebody types into the blanks of a saved reply, as values of their kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from zoneinfo import ZoneInfo

from heard.placeholders.fill import Money, Value
from heard.placeholders.known import Kind, Placeholder

LONGEST: Final = 2000  # characters
CURRENCY: Final = ".currency"  # after the name of an amount
USUAL_CURRENCY: Final = {"cs": "CZK", "hu": "HUF", "en": "EUR", "el": "EUR", "sl": "EUR"}
_LARGEST: Final = Decimal(10**12)


def typed_values(
    asked: Iterable[Placeholder], typed: Mapping[str, str], *, typed_in: ZoneInfo, read_in: ZoneInfo
) -> dict[str, Value]:
    """By name; what is empty or cannot be is left out, and stays a blank.

    A moment is typed by one clock and read by another.
    """
    values: dict[str, Value] = {}
    for placeholder in asked:
        text = typed.get(placeholder.name, "").replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]
        value = _value(placeholder, text, typed, typed_in, read_in) if text else None
        if value is not None:
            values[placeholder.name] = value
    return values


def _value(
    placeholder: Placeholder, text: str, typed: Mapping[str, str], typed_in: ZoneInfo, read_in: ZoneInfo
) -> Value | None:
    match placeholder.kind:
        case Kind.DATE:
            return _date(text)
        case Kind.MOMENT:
            return _moment(text, typed_in, read_in)
        case Kind.COUNT:
            return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
        case Kind.MONEY:
            return _money(text, typed.get(placeholder.name + CURRENCY, ""))
        case Kind.CHOICE:
            return text if text in placeholder.choices else None
        case _:
            return text


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str, typed_in: ZoneInfo, read_in: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=typed_in).astimezone(read_in)
    except (ValueError, OverflowError):
        return None


def _money(text: str, currency: str) -> Money | None:
    try:
        amount = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    known = amount.is_finite() and len(currency) == 3 and currency.isascii() and currency.isalpha()
    return Money(amount, currency.upper()) if known and 0 <= amount < _LARGEST else None
