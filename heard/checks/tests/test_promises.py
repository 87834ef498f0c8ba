from __future__ import annotations

import pytest

from heard.checks.draft import Draft
from heard.checks.promises import promises

VAGUE = [
    ("We will call you.", "We will call"),
    ("Your parcel arrives soon.", "soon"),
    ("We reply as soon as possible.", "as soon as possible"),
    ("Ozveme se vám.", "Ozveme se"),
    ("Brzy to bude hotové.", "Brzy"),
    ("Kmalu bo tam.", "Kmalu"),
    ("Hamarosan megérkezik.", "Hamarosan"),
    ("Σύντομα θα είναι εκεί.", "Σύντομα"),
]
FINE = [
    "We will call you on Friday.",
    "We will call you. Expect us before noon.",
    "We will call you once it has arrived.",
    "We hope to see you again soon.",
    "See you soon!",
    "Please send us the photo as soon as possible.",
    "As soon as you have it, tell us.",
    "Ozveme se vám do 24 hodin.",
    "Těšíme se brzy na viděnou.",
    "Oglasimo se jutri.",
    "Jelentkezünk holnap délig.",
    "Θα επικοινωνήσουμε αύριο.",
    "You wrote “we will call you soon” and nobody did.",
    "We will not call you.",
]


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in promises(Draft(text=text, public=True))]


@pytest.mark.parametrize(("text", "seen"), VAGUE)
def test_a_promise_without_a_date_is_found(text: str, seen: str) -> None:
    assert found(text) == [seen]


@pytest.mark.parametrize("text", FINE)
def test_a_date_an_event_or_a_hope_is_let_through(text: str) -> None:
    assert found(text) == []
