"""How one value reads in a text. Empty: as good as not known."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from heard.language.counted import counted, number_written
from heard.language.dates import date_written, moment_written
from heard.language.how_to_address import how_to_address
from heard.language.money import Money, money_written
from heard.language.person import Person
from heard.placeholders.known import PLACEHOLDERS, Kind, Placeholder
from heard.placeholders.states import state_written
from heard.placeholders.values import AgentName, Value, clean

_SEVERAL_LINES: Final = (Kind.LONG_TEXT,)


def written(name: str, value: Value | None, *, language: str, formality: str) -> str:
    """What stands for the placeholder: "2 dny", "22. listopadu 2026", "Jano"."""
    placeholder = PLACEHOLDERS[name]
    match value:
        case None:
            text = ""
        case Person():
            text = how_to_address(value, language=language, formality=formality) or ""
        case AgentName():
            text = value.first
        case Money():
            text = money_written(value, language)
        case datetime():
            text = moment_written(value, language)
        case date():
            text = date_written(value, language)
        case int() | str():
            text = _plain(placeholder, value, language)
    return clean(text, lines=placeholder.kind in _SEVERAL_LINES)


def _plain(placeholder: Placeholder, value: int | str, language: str) -> str:
    if placeholder.kind is Kind.CHOICE and value in placeholder.choices:
        return state_written(placeholder.name, str(value), language)
    number = as_number(value) if placeholder.kind is Kind.COUNT else None
    if number is None:
        return str(value)
    if placeholder.unit is not None:
        return counted(number, placeholder.unit, language)
    return number_written(number, language)


def number_only(value: Value | None, language: str) -> str:
    """What # stands for: "2". Empty where nobody knows."""
    number = as_number(value)
    if number is not None:
        return number_written(number, language)
    return clean(value, lines=False) if isinstance(value, str) else ""


def as_number(value: Value | None) -> int | Decimal | None:
    """Also from what somebody typed: "3", "1,5". None where it is no number."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or len(value) > 12:
        return None
    typed = value.strip().replace(",", ".")
    whole, point, part = typed.partition(".")
    if not (whole.isascii() and whole.isdigit() and (not point or (part.isascii() and part.isdigit()))):
        return None
    return Decimal(typed) if point else int(typed)
