from __future__ import annotations

import pytest

from heard.checks.draft import Draft
from heard.checks.tongue import tongue

CZECH = "Děkujeme za zprávu, balík jsme předali dopravci a zítra ho máte doma."
ENGLISH = "Thank you for the message, the parcel is with the courier and you have it tomorrow."


def codes(text: str, language: str) -> list[str]:
    return [found.code for found in tongue(Draft(text=text, public=True, language=language))]


@pytest.mark.parametrize(
    ("text", "language"), [(CZECH, "en"), (ENGLISH, "cs"), (ENGLISH, "pt-BR"), (CZECH, "el")]
)
def test_another_language_than_the_customers_is_found(text: str, language: str) -> None:
    assert codes(text, language) == ["language.other"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (CZECH, "cs"),
        (CZECH, ""),
        (CZECH, "sk"),
        (f"{CZECH} {ENGLISH}", "en"),
        (f"{ENGLISH}\n\n{CZECH}", "cs"),
        (
            "Děkujeme, “Thank you for the message, the parcel is with the courier and you have it tomorrow.”",
            "cs",
        ),
        ("Thank you!", "cs"),
        ("Hotel Paradise Beach Resort, Samsung Galaxy Watch Ultra Classic", "cs"),
        ("https://acme.example/the/parcel/is/with/the/courier/and/you/have/it/tomorrow", "cs"),
    ],
)
def test_the_right_language_and_what_is_none_is_let_through(text: str, language: str) -> None:
    assert codes(text, language) == []
