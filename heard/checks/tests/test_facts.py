"""What was true once: found by its words, whoever wrote them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from heard.checks.blanks import blanks
from heard.checks.draft import Draft
from heard.checks.facts import facts
from heard.checks.known_facts import KnownFact

PERIOD = KnownFact(
    key="return_period",
    name="Return period",
    values={"": "30 days", "cs": "30 dní"},
    due=date(2026, 11, 1),
    former=["14 days", "14"],
)


def found(text: str, **more: Any) -> list[tuple[str, str, str | None]]:
    draft = Draft(text=text, public=True, **{"facts": [PERIOD], **more})
    return [(one.code, text[one.start : one.end], one.mend) for one in facts(draft)]


def test_a_value_that_is_due_is_pointed_out_in_every_language_and_writing() -> None:
    assert found("You have 30  DAYS.") == [("fact.due", "30  DAYS", None)]
    assert found("Máte 30 dní.") == [("fact.due", "30 dní", None)]
    assert found("You have 130 days, or 30 daysies.") == []
    fresh = KnownFact(key="a", name="A", values={"": "30 days"})
    assert found("You have 30 days.", facts=[fresh]) == []


@pytest.mark.parametrize(
    ("text", "language", "mend"),
    [("You have 14 days.", "en", "30 days"), ("Máte 14 days.", "cs", "30 dní")],
)
def test_what_it_said_before_is_replaced_by_one_click(text: str, language: str, mend: str) -> None:
    assert found(text, language=language) == [("fact.former", "14 days", mend)]


def test_what_it_says_now_may_stand_beside_what_it_said_before() -> None:
    assert [one[0] for one in found("Not 14 days any more: 30 days.")] == ["fact.due"]
    assert found("The 14 of May.") == []


def test_a_fact_that_is_named_and_not_filled_in_is_filled_by_one_click() -> None:
    draft = Draft(text="You have {fact:return_period}.", public=True, language="cs", facts=[PERIOD])

    assert [(one.code, one.mend) for one in blanks(draft)] == [("blanks.unfilled", "30 dní")]
