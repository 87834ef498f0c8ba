from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.language.how_to_address import how_to_address
from heard.language.person import Person
from heard.language.tests.called import LANGUAGES, person, rows

NOT_CERTAIN = "-"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_is_called_as_the_table_says_or_not_at_all(language: str) -> None:
    table = list(rows(language))
    wrong = []
    for written, *expected in table:
        called = [
            how_to_address(person(written), language=language, formality=formality) or NOT_CERTAIN
            for formality in ("informal", "formal")
        ]
        if called != expected:
            wrong.append(f"{written}: {called}, not {expected}")
    assert not wrong
    assert len({row[0] for row in table}) == len(table) >= 200


@pytest.mark.parametrize("formality", ["formal", "informal"])
def test_in_a_language_that_nobody_taught_us_nobody_is_called(formality: str) -> None:
    for language in ("de", "bg", "", "xx"):
        assert how_to_address(Person("Jana Nováková"), language=language, formality=formality) is None


def test_what_somebody_was_told_does_not_overrule_what_the_name_says() -> None:
    told_wrong = Person("Petr Novák", "Petr", "Novák", "female")
    assert how_to_address(told_wrong, language="cs", formality="formal") is None


@pytest.mark.parametrize(
    "name", ["A²", "Jana-", "-Jana", "Ja--na", "Jana'", "ⅣⅤ", "ªº", "Ja\u0300\u0301na", "ﬁ"]
)
def test_what_only_looks_like_letters_is_no_name(name: str) -> None:
    somebody = Person(f"Jana {name}", "Jana", name, "female")
    assert how_to_address(somebody, language="cs", formality="formal") is None


@given(
    st.text(max_size=40),
    st.text(max_size=20),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["formal", "informal", ""]),
)
@settings(max_examples=200, deadline=None)
def test_no_name_breaks_it_and_no_sign_comes_out(
    full: str, first: str, language: str, formality: str
) -> None:
    for somebody in (Person(full), Person(full, first, full), Person(f"Jana {full}", "Jana", full, "female")):
        called = how_to_address(somebody, language=language, formality=formality)
        assert called is None or all(sign.isalpha() or sign in " '’-" for sign in called)
