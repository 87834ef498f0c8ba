"""An amount of money in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel.numbers import format_currency

from heard.language.locales import locale_of

_NO_BREAK: Final = "\u00a0"
_LETTERS_BEFORE: Final = re.compile(r"(?<=[A-Za-z])(?=\d)")
_DECIMALS: Final = re.compile(r"\.[0#]+")


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str  # EUR


def money_written(money: Money, language: str) -> str:
    """ "€5" and "€5.50", "250 Kč": a whole amount shows no cents."""
    locale = locale_of(language)
    if money.amount != money.amount.to_integral_value():
        written = format_currency(money.amount, money.currency, locale=locale)
    else:
        pattern = _DECIMALS.sub("", str(locale.currency_formats["standard"].pattern))
        written = format_currency(money.amount, money.currency, pattern, locale=locale, currency_digits=False)
    return _LETTERS_BEFORE.sub(_NO_BREAK, written.replace(" ", _NO_BREAK))
