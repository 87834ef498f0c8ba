from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.checks.draft import Draft
from heard.checks.levels import Level
from heard.people.override_right import change_override_right
from heard.people.tests.conftest import NOON
from heard.people.tests.events import kinds, last_event
from heard.people.wording import BadWording, change_wording, phrases_as_text, phrases_in
from heard.workspaces.models import Agent, Wording, Workspace
from heard.workspaces.wording import Rules, WantedPhrase, rules_of

ALL = Rules(
    order_numbers=["ORD-######"],
    vouchers=["SAVE*"],
    phrases=[WantedPhrase("cheap", "good value", "sounds poor", "en"), WantedPhrase("no", forbidden=False)],
    ours=["+420 800 100 200"],
    words=["Heardly"],
    complaint_tags=["complaint"],
    levels={"personal": Level.WARN},
    overriding=Wording.Overriding.CHOSEN,
)


def test_an_admin_says_what_answers_are_checked_for(acme: Workspace, ann: Agent) -> None:
    change_wording(acme, ALL, by=ann, now=NOON)
    change_wording(acme, ALL, by=ann, now=NOON)

    assert rules_of(acme.pk) == ALL
    assert kinds() == ["WordingChanged"]
    kind, payload = last_event()
    assert (kind, "order_numbers" in payload["changed"]) == ("WordingChanged", True)


def test_without_a_word_it_is_as_heard_brings_it(acme: Workspace) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rules = rules_of(acme.pk)

    assert rules == Rules()
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("order_numbers", ["/(a+)+/"]),
        ("vouchers", ["##"]),
        ("ours", ["x" * 301]),
        ("ours", [str(number) for number in range(201)]),
        ("phrases", [WantedPhrase("!")]),
        ("phrases", [WantedPhrase("x" * 201)]),
        ("phrases", [WantedPhrase("word", language="xx")]),
        ("levels", {"length": Level.OFF}),
        ("levels", {"nonsense": Level.OFF}),
    ],
)
def test_what_cannot_be_checked_for_is_refused(acme: Workspace, ann: Agent, field: str, typed: Any) -> None:
    with pytest.raises(BadWording) as bad:
        change_wording(acme, replace(Rules(), **{field: typed}), by=ann, now=NOON)

    assert bad.value.field == field
    assert not Wording.objects.exists()


def test_phrases_are_written_one_a_line_and_read_back_as_they_were() -> None:
    text = "en: cheap = good value # sounds poor\nbudget # no\nunfortunately\nps: later = tomorrow"

    said = phrases_in(text, forbidden=True)

    assert said == [
        WantedPhrase("cheap", "good value", "sounds poor", "en"),
        WantedPhrase("budget", "", "no"),
        WantedPhrase("unfortunately"),
        WantedPhrase("ps: later", "tomorrow"),
    ]
    assert phrases_as_text(said, forbidden=True) == text


@pytest.mark.parametrize(
    ("overriding", "admin", "chosen", "other"),
    [("everybody", True, True, True), ("chosen", True, True, False), ("admins", True, False, False)],
)
def test_who_may_send_what_a_check_stops(
    ann: Agent, bea: Agent, overriding: str, admin: bool, chosen: bool, other: bool
) -> None:
    change_override_right(bea, may_override=True, by=ann, now=NOON)
    oto = Agent(workspace=ann.workspace, name="Oto")
    rules = Rules(overriding=Wording.Overriding(overriding))

    assert [rules.may_override(one) for one in (ann, bea, oto, None)] == [admin, chosen, other, False]
    assert last_event() == (
        "OverrideRightChanged",
        {"agent_id": bea.pk, "agent": "Bea", "may_override": True},
    )


def test_a_phrase_of_one_language_holds_where_it_is_read(ann: Agent) -> None:
    rules = Rules(phrases=[WantedPhrase("cheap", language="en")])
    text = "It is cheap, and there is more to say about it."

    def stopped(language: str) -> bool:
        return any(one.check == "phrases" for one in rules.found_in(_draft(text, language), by=ann))

    assert (stopped("en"), stopped("cs"), stopped("")) == (True, False, True)


def _draft(text: str, language: str) -> Draft:
    return Draft(text=text, public=False, language=language)
