from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.translating.protect import Part, protected, says_nothing


def staying(text: str, **terms: str) -> list[str]:
    return [part.text for part in protected(text, terms) if part.stays]


@pytest.mark.parametrize(
    "stays",
    [
        "https://acme.example/track?id=1&x=2",
        "www.acme.example",
        "jana.nova@acme.example",
        "{customer.name}",
        "@acme",
        "#sale",
        "HRD-1042-K7",
    ],
)
def test_what_would_be_of_no_use_in_another_language_stays(stays: str) -> None:
    assert staying(f"Look at {stays} , please") == [stays]


def test_names_of_products_stay_as_they_were_typed_and_pairs_are_put_in() -> None:
    parts = protected("The acme BOX is in the Acme Boxes box", {"Acme Box": "Acme Box", "box": "krabice"})

    assert [(part.text, part.stays) for part in parts] == [
        ("The ", False),
        ("acme BOX", True),
        (" is in the Acme Boxes ", False),
        ("krabice", True),
    ]


def test_what_has_no_letters_is_not_sent_at_all() -> None:
    assert says_nothing(protected("1042 👍 https://acme.example"))
    assert not says_nothing(protected("ok 👍"))


@given(st.text(max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert "".join(part.text for part in protected(text)) == text
    assert Part("") not in protected(text)
