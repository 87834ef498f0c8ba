from __future__ import annotations

from heard.web.numbers import number_in


def test_digits_alone_are_a_number_and_all_else_is_none() -> None:
    read = {"7": 7, "007": 7, "9" * 18: 10**18 - 1}
    none = ("", "-7", "+7", "7.0", "7 ", "0x7", "٧", "²", "seven", "9" * 19, "9" * 5000)

    assert {given: number_in(given) for given in read} == read
    assert [given for given in none if number_in(given)] == []
