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
from heard.placeholders.typed import as_day_or_moment, as_number, as_range, decides_form
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
        case date():
            text = _day_or_moment(value, language)
        case int():
            text = _count(placeholder, value, language)
        case str():
            text = _typed(placeholder, value, language)
    return clean(text, lines=placeholder.kind in _SEVERAL_LINES)


def number_only(value: Value | None, language: str) -> str:
    """What # stands for: "2", "2–3", or what somebody wrote instead. Empty where nobody knows."""
    number = as_number(value)
    if number is not None:
        return number_written(number, language)
    between = as_range(value)
    if between is not None:
        return "–".join(number_written(end, language) for end in between)
    return clean(value, lines=False) if isinstance(value, str) else ""


def _typed(placeholder: Placeholder, value: str, language: str) -> str:
    """What a person or a form field wrote, in the language's own writing where it is clear what is meant."""
    if placeholder.kind is Kind.CHOICE and value in placeholder.choices:
        return state_written(placeholder.name, value, language)
    if placeholder.kind is Kind.COUNT and (number := decides_form(value)) is not None:
        # Of a range, the last number rules the noun: "2–3 dny".
        alone = number_written(number, language)
        return _count(placeholder, number, language).replace(alone, number_only(value, language), 1)
    if placeholder.kind in (Kind.DATE, Kind.MOMENT) and (picked := as_day_or_moment(value)) is not None:
        return _day_or_moment(picked, language)
    return value


def _count(placeholder: Placeholder, number: int | Decimal, language: str) -> str:
    if placeholder.unit is not None:
        return counted(number, placeholder.unit, language)
    return number_written(number, language)


def _day_or_moment(value: date, language: str) -> str:
    return moment_written(value, language) if isinstance(value, datetime) else date_written(value, language)
