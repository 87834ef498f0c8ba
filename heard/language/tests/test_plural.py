from __future__ import annotations

from decimal import Decimal

import pytest

from heard.language.plural import example_of, plural_class, whole_classes

# As the Unicode CLDR has them, for 0 to 30, 100 to 105, and 1.5. Whatever is named in no other row is "other".
HALF = Decimal("1.5")
TABLES: dict[str, dict[str, list[int | Decimal]]] = {
    "cs": {"one": [1], "few": [2, 3, 4], "many": [HALF]},
    "sl": {"one": [1, 101], "two": [2, 102], "few": [3, 4, 103, 104, HALF]},
    "hu": {"one": [1]},
    "el": {"one": [1]},
    "en": {"one": [1]},
}
NUMBERS: list[int | Decimal] = [*range(31), *range(100, 106), HALF]


@pytest.mark.parametrize("language", TABLES)
def test_a_number_takes_the_class_of_the_table(language: str) -> None:
    expected = {number: name for name, numbers in TABLES[language].items() for number in numbers}
    found = {number: plural_class(number, language) for number in NUMBERS}
    assert found == {number: expected.get(number, "other") for number in NUMBERS}


def test_whole_numbers_need_no_class_of_fractions() -> None:
    needed = {language: whole_classes(language) for language in TABLES}
    assert needed == {
        "cs": ("one", "few", "other"),
        "sl": ("one", "two", "few", "other"),
        "hu": ("one", "other"),
        "el": ("one", "other"),
        "en": ("one", "other"),
    }


def test_a_class_is_explained_by_its_first_number() -> None:
    assert [example_of(name, "sl") for name in whole_classes("sl")] == [1, 2, 3, 0]


def test_a_language_that_nobody_knows_counts_as_english() -> None:
    assert whole_classes("xx") == whole_classes("") == ("one", "other")
    assert plural_class(2, "cs-CZ") == "few"
