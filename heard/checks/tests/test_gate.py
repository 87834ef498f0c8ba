from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.channels.contract import Count
from heard.checks.draft import Phrase
from heard.checks.finding import Weight
from heard.checks.gate import Draft, Finding, examine, standing

LATE = datetime(2026, 10, 3, 12, tzinfo=UTC)


def a_draft(text: str = "Dear Jana, it is on its way.", **changed: Any) -> Draft:
    return Draft(text=text, public=True, **changed)


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_good_reply_is_fit_to_send() -> None:
    assert examine(a_draft(limit=8_000)) == []


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d\ufeff", "\u2800", "\u00a0\u3000"])
def test_nothing_visible_is_nothing_to_send(text: str) -> None:
    [finding] = examine(a_draft(text, window_closed=True))
    assert finding.code == "empty"
    assert not finding.overridable


@pytest.mark.parametrize("text", ["ok", "👍", ".", "–", "٣"])
def test_the_smallest_answer_is_an_answer(text: str) -> None:
    assert examine(a_draft(text)) == []


@pytest.mark.parametrize(
    ("text", "counts", "limit", "start"),
    [
        ("abcdef", Count.CHARACTERS, 4, 4),
        ("děkuji", Count.UTF8_BYTES, 4, 3),
        ("a👋b👋c", Count.UTF16_UNITS, 4, 3),
        ("a👋b", Count.UTF8_BYTES, 4, 1),
    ],
)
def test_too_long_starts_where_the_text_would_have_to_end(
    text: str, counts: Count, limit: int, start: int
) -> None:
    [finding] = examine(a_draft(text, counts=counts, limit=limit))
    assert finding.code == "length.over"
    assert (finding.start, finding.end) == (start, len(text))
    assert not finding.overridable


def test_exactly_the_limit_fits() -> None:
    assert examine(a_draft("žluť", counts=Count.CHARACTERS, limit=4)) == []
    assert examine(a_draft("žluť", counts=Count.UTF8_BYTES, limit=6)) == []


def test_too_long_says_by_how_much() -> None:
    [finding] = examine(a_draft("abcdef", limit=4))
    assert finding.sentence == "The text is 2 characters too long, 4 fit."


def test_a_closed_window_cannot_be_overridden() -> None:
    [finding] = examine(a_draft(window_closed=True, window_closed_at=LATE))
    assert finding.code == "window.closed"
    assert finding.params["closed_at"] == "2026-10-03T12:00:00+00:00"
    assert standing([finding], overridden={"window.closed"}) == [finding]


def test_a_closed_window_without_a_time_is_said_too() -> None:
    [finding] = examine(a_draft(window_closed=True))
    assert finding.sentence == "The time in which this can be answered is over."


def test_a_person_who_is_sure_can_send_anyway() -> None:
    findings = examine(a_draft("Hi {name}, write to a@example.com", limit=10))
    assert codes(findings) == ["length.over", "blanks.unfilled", "personal.email"]
    left = standing(findings, overridden={"blanks.unfilled", "length.over"})
    assert codes(left) == ["length.over", "personal.email"]


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.characters(exclude_categories=[]) | st.sampled_from("[]{}<>%@+0123456789 -")))
def test_any_text_can_be_examined(text: str) -> None:
    told: dict[str, Any] = {"language": "cs", "names": ("Jana Nováková",), "formality": "formal"}
    wanted: dict[str, Any] = {"forbidden": (Phrase("a*"), Phrase(text)), "order_patterns": ("[0-9]{3}", "(")}
    draft = a_draft(
        text, limit=50, counts=Count.UTF8_BYTES, complaint=True, already_said=[text], **told, **wanted
    )
    for finding in examine(draft):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.sentence


HOSTILE = (
    *(
        "[",
        "{{",
        "<a",
        "%a",
        "1 ",
        "a@",
        "a.",
        "Dear ",
        "CZ65 0800 ",
        "+420 ",
        "(",
        "1/",
        "„a",
        "“",
        "```x",
        "'a",
        "___ ",
    ),
    *(
        "order 12345 ",
        "12 High ",
        "Ulice 5, ",
        "http://a.b/track/1",
        "{a,plural,{",
        "haha ",
        "soon ",
        "HELLO ",
        "\n> ",
    ),
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_is_examined_in_no_time(unit: str) -> None:
    # Finishes at once or, with a careless pattern, not today.
    text = unit * 2_000
    already = (text + "x", text[:5_000])
    examine(
        a_draft(
            text, language="cs", names=("Jana K.",), complaint=True, first_answer=True, already_said=already
        )
    )


@pytest.mark.parametrize(("weight", "stops"), [("stop", True), ("warn", True), ("hint", False)])
def test_a_hint_never_stops(weight: Weight, stops: bool) -> None:
    finding = Finding("style", "style.x", "Say it shorter.", 0, 3, overridable=True, weight=weight)
    assert bool(standing([finding], overridden=())) is stops
    assert standing([finding], overridden={"style.x"}) == []
