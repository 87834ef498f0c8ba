from __future__ import annotations

import re

import pytest

from heard.checks.written_as import MOST_WAYS, BadPattern, as_expression

FOUND = [
    ("ORD-######", "Your order ORD-123456 is on its way", "ORD-123456"),
    ("ORD-######", "ord-123456.", "ord-123456"),
    ("#### ####", "No. 1234 5678!", "1234 5678"),
    ("AC?-??##", "code AC7-ab12", "AC7-ab12"),
    ("SAVE*", "Take SAVE2026XMAS today", "SAVE2026XMAS"),
    (r"/[A-Z]{2}-\d{4,6}/", "It is CZ-12345.", "CZ-12345"),
    (r"/INV[0-9 ]{8}X?/", "INV 1234567", "INV 1234567"),
    ("A+B (1)##", "A+B (1)42", "A+B (1)42"),
]
NOT_FOUND = [
    ("ORD-######", "ORD-12345"),
    ("ORD-######", "ORD-1234567"),
    ("ORD-######", "XORD-123456"),
    ("######", "1234567"),
    ("AC?-??##", "AC--ab12"),
]
BAD = ["", "#", "abc", "####", "##:##", "x" * 81, "*-*-*-*", r"/(a+)+$/", r"/.*/", r"/a|b/", r"/\d+/"]
BAD += [r"/[a-z]{1,80}[a-z]{1,80}/", r"/(?=x)abcd/", r"/[z-a]bcd/", r"/\1abcd/", r"/\d{9999}/", "//", r"/ab/"]


@pytest.mark.parametrize(("typed", "text", "found"), FOUND)
def test_a_number_is_found_as_it_is_written(typed: str, text: str, found: str) -> None:
    match = re.search(as_expression(typed), text)

    assert match
    assert match.group() == found


@pytest.mark.parametrize(("typed", "text"), NOT_FOUND)
def test_what_looks_only_like_it_is_not_found(typed: str, text: str) -> None:
    assert re.search(as_expression(typed), text) is None


@pytest.mark.parametrize("typed", BAD)
def test_what_finds_too_much_or_takes_too_long_is_refused(typed: str) -> None:
    with pytest.raises(BadPattern):
        as_expression(typed)


def test_no_expression_can_match_the_same_text_in_many_ways() -> None:
    """The worst that is let in, at the worst text, is done in steps that grow with the text alone."""
    worst = as_expression("/[a-z]{2,23}[a-z]{2,23}9/")

    assert MOST_WAYS >= 22 * 22
    assert re.search(worst, "a" * 20_000) is None
