from __future__ import annotations

from decimal import Decimal

import pytest

from heard.language.money import Money, money_written


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        ("5", "EUR", "en", "€5"),
        ("5.50", "EUR", "en", "€5.50"),
        ("1250", "CZK", "en", "CZK 1,250"),
        ("250", "CZK", "cs", "250 Kč"),
        ("1250.5", "CZK", "cs", "1 250,50 Kč"),
        ("1990", "HUF", "hu", "1 990 Ft"),
        ("19900", "HUF", "hu", "19 900 Ft"),
        ("5", "EUR", "el", "5 €"),
        ("1234.5", "EUR", "sl", "1.234,50 €"),
    ],
)
def test_a_sum_is_written_as_the_language_does(
    amount: str, currency: str, language: str, written: str
) -> None:
    assert money_written(Money(Decimal(amount), currency), language).replace("\u00a0", " ") == written
