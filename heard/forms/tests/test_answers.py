"""What counts as an answer."""

from __future__ import annotations

import pytest

from heard.forms.answers import Checked, check, issue_of
from heard.forms.fields import WantedField, add_field
from heard.forms.models import Field, Form
from heard.forms.shown import shown
from heard.forms.tests.conftest import FILLED
from heard.workspaces.models import Agent
from tests.cast import NOON

Kind = Field.Kind


def checked(form: Form, **changed: list[str]) -> Checked:
    return check(shown(form, language="en", now=NOON), {**FILLED, **changed}, files={})


def test_a_filled_in_report_has_nothing_wrong(incident: Form) -> None:
    found = checked(incident)

    assert found.wrong == {}
    assert found.to("solution") == "Replace it"
    assert found.of_kind(Kind.EMAIL) == "dana@example.com"
    issue = issue_of(shown(incident, language="en", now=NOON), found)
    assert issue is not None
    assert issue.key == "damaged"


def test_what_is_required_is_asked_for_in_its_place(incident: Form) -> None:
    found = checked(incident, issue=[], what=["  "], consent=[], email=[])

    assert set(found.wrong) == {"issue", "what", "consent", "email"}


def test_a_question_that_depends_on_another_is_asked_only_then(incident: Form) -> None:
    assert set(checked(incident, order=[]).wrong) == {"order"}
    found = checked(incident, issue=["praise"], order=["A-1042"])

    assert found.wrong == {}
    assert found.to("order") == ""  # what nobody asked is no answer, whatever a program sends


def test_something_else_wants_words(incident: Form) -> None:
    assert set(checked(incident, issue=["other"]).wrong) == {"issue-other"}
    found = checked(incident, issue=["other"], **{"issue-other": ["The bag"]})

    assert found.to("issue") == "Something else: The bag"


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("issue", "made-up"),
        ("solution", "everything"),
        ("email", "dana"),
        ("email", "dana@" + "x" * 250 + ".example"),
        ("phone", "call me"),
        ("since", "yesterday"),
        ("since", "2026-02-31"),
        ("what", "x" * 5001),
        ("product", "x" * 301),
    ],
)
def test_what_is_no_answer_is_refused_with_a_reason(incident: Form, key: str, typed: str) -> None:
    assert set(checked(incident, **{key: [typed]}).wrong) == {key}


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.NUMBER, "1 234,5", "1234.5"),
        (Kind.NUMBER, "-3", "-3"),
        (Kind.PHONE, "+386 40 123 456", "+38640123456"),
        (Kind.PHONE, "040 123 456", "040 123 456"),
        (Kind.TEXT, "two\nlines\x00", "two lines"),
    ],
)
def test_answers_are_kept_as_programs_read_them(
    incident: Form, ann: Agent, kind: str, typed: str, value: str
) -> None:
    add_field(incident, WantedField(key="more", kind=kind, label="More"), language="en", by=ann, now=NOON)
    [answer] = [one for one in checked(incident, more=[typed]).answers if one.question.key == "more"]

    assert list(answer.values) == [value]


@pytest.mark.parametrize("typed", ["many", "1e999", "NaN", "Infinity", "٣" * 40])
def test_a_number_is_a_number(incident: Form, ann: Agent, typed: str) -> None:
    add_field(
        incident, WantedField(key="more", kind=Kind.NUMBER, label="More"), language="en", by=ann, now=NOON
    )

    assert "more" in checked(incident, more=[typed]).wrong
