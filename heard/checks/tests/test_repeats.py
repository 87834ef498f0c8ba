from __future__ import annotations

import pytest

from heard.checks.draft import Draft
from heard.checks.repeats import repeats

SAID = (
    "Hello Jana, we asked the courier this morning and he looks for the parcel in the depot near Leeds today."
)


def codes(text: str, *said: str) -> list[str]:
    return [found.code for found in repeats(Draft(text=text, public=True, already_said=said))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SAID, "repeat.same"),
        (SAID.upper(), "repeat.same"),
        (SAID.replace("Hello Jana, ", ""), "repeat.same"),
        (SAID.replace("Hello Jana", "Dear Ms Nová"), "repeat.same"),
        (SAID.replace("Leeds", "York"), "repeat.alike"),
    ],
)
def test_the_same_words_are_found_whatever_the_greeting(text: str, code: str) -> None:
    assert codes(text, "Something else.", SAID) == [code]


@pytest.mark.parametrize("text", ["Thank you!", "Your parcel is here.", SAID.replace("today", "12. 10.")])
def test_thanks_and_news_may_be_said_again(text: str) -> None:
    assert codes(text, SAID, "Thank you!", SAID.replace("today", "11. 10.")) == []
