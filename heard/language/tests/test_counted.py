from __future__ import annotations

from decimal import Decimal

import pytest

from heard.language.counted import Unit, counted

HALF = Decimal("1.5")


@pytest.mark.parametrize(
    ("language", "unit", "said"),
    [
        ("cs", "day", ["1 den", "2 dny", "5 dní", "21 dní", "1,5 dne"]),
        ("cs", "hour", ["1 hodinu", "2 hodiny", "5 hodin", "21 hodin", "1,5 hodiny"]),
        ("cs", "minute", ["1 minutu", "2 minuty", "5 minut", "21 minut", "1,5 minuty"]),
        ("sl", "day", ["1 dan", "2 dneva", "5 dni", "21 dni", "1,5 dneva"]),
        ("sl", "hour", ["1 uro", "2 uri", "5 ur", "21 ur", "1,5 ure"]),
        ("sl", "minute", ["1 minuto", "2 minuti", "5 minut", "21 minut", "1,5 minute"]),
        ("hu", "day", ["1 nap", "2 nap", "5 nap", "21 nap", "1,5 nap"]),
        ("hu", "hour", ["1 óra", "2 óra", "5 óra", "21 óra", "1,5 óra"]),
        ("hu", "minute", ["1 perc", "2 perc", "5 perc", "21 perc", "1,5 perc"]),
        ("el", "day", ["1 ημέρα", "2 ημέρες", "5 ημέρες", "21 ημέρες", "1,5 ημέρες"]),
        ("el", "hour", ["1 ώρα", "2 ώρες", "5 ώρες", "21 ώρες", "1,5 ώρες"]),
        ("el", "minute", ["1 λεπτό", "2 λεπτά", "5 λεπτά", "21 λεπτά", "1,5 λεπτά"]),
        ("en", "day", ["1 day", "2 days", "5 days", "21 days", "1.5 days"]),
        ("en", "hour", ["1 hour", "2 hours", "5 hours", "21 hours", "1.5 hours"]),
        ("en", "minute", ["1 minute", "2 minutes", "5 minutes", "21 minutes", "1.5 minutes"]),
    ],
)
def test_a_unit_takes_the_form_of_its_number(language: str, unit: Unit, said: list[str]) -> None:
    numbers: list[int | Decimal] = [1, 2, 5, 21, HALF]
    assert [counted(number, unit, language).replace("\u00a0", " ") for number in numbers] == said


def test_in_slovene_101_days_are_said_as_one_and_three_as_few() -> None:
    said = [counted(number, "day", "sl").replace("\u00a0", " ") for number in (101, 102, 103, 105)]
    assert said == ["101 dan", "102 dneva", "103 dni", "105 dni"]


def test_no_line_breaks_between_a_number_and_its_unit() -> None:
    assert all(" " not in counted(2, "day", language) for language in ("cs", "el", "hu", "sl", "en", "de"))
