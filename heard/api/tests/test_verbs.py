"""The verbs of a ticket."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from heard.api.tests.conftest import Program
from heard.inboxes.models import Inbox
from heard.tickets.models import Message, Note, Outcome, State, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def ticket(today: None, facebook: Network) -> Ticket:
    return a_ticket(facebook, said="Where is my parcel?")


def said(ticket: Ticket) -> Message:
    return ticket.messages.get(direction="in")


def post(program: Program, ticket: Ticket, verb: str, **body: Any) -> Any:
    return program.post(f"/tickets/{ticket.number}/{verb}", **body)


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def code(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.content
    told = answer.json()
    return str(told["errors"][0]["code"] if "errors" in told else told["code"])


# ── reply ──


def test_a_reply_is_queued_and_ends_the_waiting(program: Program, ticket: Ticket, bea: Agent) -> None:
    message = ok(post(program, ticket, "reply", text="It is on its way."), 202)

    assert (message["direction"], message["delivery"], message["public"]) == ("out", "queued", True)
    assert message["agent"] == {"id": bea.pk, "name": "Bea"}
    assert message["parent"] == said(ticket).pk
    assert message["to"]["name"] == "Jana"
    assert message["author"]["name"] == "Acme Shop facebook"
    assert reloaded(ticket).state == State.ANSWERED


def test_a_reply_answers_the_message_that_it_names(program: Program, facebook: Network) -> None:
    root = facebook.comment("Where is my parcel?", by="Jana")
    other = facebook.comment("And mine?", by="Dana", under=root)
    ticket, first = facebook.ticket(root), facebook.message(root)

    message = ok(post(program, ticket, "reply", text="On its way.", to=first.pk), 202)

    assert message["parent"] == first.pk
    assert facebook.message(other).outcome == Outcome.OPEN


def test_a_private_reply_is_private(program: Program, ticket: Ticket) -> None:
    message = ok(post(program, ticket, "reply", text="Your number?", private=True), 202)

    assert (message["public"], message["private_reply"]) == (False, True)
    assert (
        code(post(program, ticket, "reply", text="Again", private=True), 409) == "already_replied_privately"
    )


def test_what_the_gate_finds_stops_a_reply_until_it_is_overridden(program: Program, ticket: Ticket) -> None:
    stopped = post(program, ticket, "reply", text="Dear {name}, hello")

    assert stopped.status_code == 422
    assert stopped.json()["type"] == "urn:heard:problem:findings"
    finding = stopped.json()["findings"][0]
    assert finding["overridable"]
    assert "Dear {name}, hello"[finding["start"] : finding["end"]] == "{name}"
    assert reloaded(ticket).state == State.OPEN

    by_code = post(program, ticket, "reply", text="Dear {name}, hello", override=[finding["code"]])
    as_found = post(program, ticket, "reply", text="Dear {name}, bye", override=stopped.json()["findings"])
    assert (by_code.status_code, as_found.status_code) == (202, 202)


def test_an_empty_reply_cannot_be_overridden(program: Program, ticket: Ticket) -> None:
    finding = post(program, ticket, "reply", text=" ").json()["findings"][0]

    assert not finding["overridable"]
    assert post(program, ticket, "reply", text=" ", override=[finding["code"]]).status_code == 422


def test_a_reply_names_a_message_of_its_own_ticket(
    program: Program, ticket: Ticket, facebook: Network
) -> None:
    elsewhere = said(a_ticket(facebook, said="Other", by="Dana"))

    answer = post(program, ticket, "reply", text="Hello", to=elsewhere.pk)

    assert code(answer, 422) == "no_such_message"
    assert answer.json()["errors"][0]["field"] == "body.to"


def test_through_a_disconnected_inbox_nothing_goes_out(program: Program, ticket: Ticket, bea: Agent) -> None:
    Inbox.objects.filter(pk=ticket.inbox_id).update(state=Inbox.State.DISCONNECTED)

    assert code(post(program, ticket, "reply", text="Hello"), 409) == "disconnected"


# ── the other verbs ──


def test_a_note_changes_nothing_and_is_listed(program: Program, ticket: Ticket) -> None:
    note = ok(post(program, ticket, "note", text="Ask the courier"), 201)

    assert (note["text"], note["agent"]["name"]) == ("Ask the courier", "Bea")
    assert reloaded(ticket).state == State.OPEN
    assert ok(program.get(f"/tickets/{ticket.number}/notes"))["items"] == [note]
    assert code(post(program, ticket, "note", text="  "), 422) == "empty"
    assert Note.objects.count() == 1


def test_answered_elsewhere_ends_the_waiting(program: Program, ticket: Ticket) -> None:
    assert ok(post(program, ticket, "answered", reason="By phone"))["state"] == "answered"
    assert said(ticket).outcome_reason == "By phone"
    assert code(post(program, ticket, "answered"), 409) == "nothing_waits"


def test_one_message_can_be_dismissed_alone(program: Program, facebook: Network) -> None:
    root = facebook.comment("Where is my parcel?")
    other = facebook.comment("lol", by="Dana", under=root)
    ticket = facebook.ticket(root)

    shown = ok(post(program, ticket, "dismiss", reason="A joke", message=facebook.message(other).pk))

    assert shown["state"] == "open"
    assert facebook.message(other).outcome == Outcome.DISMISSED
    assert facebook.message(root).outcome == Outcome.OPEN


def test_dismissing_takes_a_reason(program: Program, ticket: Ticket) -> None:
    assert code(post(program, ticket, "dismiss"), 422) == "missing"
    assert code(post(program, ticket, "dismiss", reason=" "), 422) == "reason_needed"
    assert reloaded(ticket).state == State.OPEN


def test_resolving_needs_an_answer_or_a_sentence(program: Program, ticket: Ticket) -> None:
    assert code(post(program, ticket, "resolve"), 409) == "still_waiting"
    assert code(post(program, ticket, "resolve", resolution="spam"), 422) == "note_needed"

    shown = ok(post(program, ticket, "resolve", resolution="no_answer_needed", note="An advert"))

    assert (shown["state"], shown["resolution"], shown["resolution_note"]) == (
        "resolved",
        "no_answer_needed",
        "An advert",
    )


def test_a_resolved_ticket_is_reopened(program: Program, ticket: Ticket) -> None:
    ok(post(program, ticket, "answered"))
    ok(post(program, ticket, "resolve"))

    shown = ok(post(program, ticket, "reopen"))

    assert (shown["state"], shown["resolution"]) == ("open", None)
    assert code(post(program, ticket, "reopen"), 409) == "nothing_to_reopen"


def test_a_ticket_is_given_by_id_by_address_to_me_and_back(
    program: Program, ticket: Ticket, bea: Agent, oto: Agent, cyril: Agent
) -> None:
    assert ok(post(program, ticket, "assign", agent=oto.pk))["assignee"]["name"] == "Oto"
    assert ok(post(program, ticket, "assign", agent="me"))["assignee"]["name"] == "Bea"
    assert ok(post(program, ticket, "assign", agent=oto.user.email.upper()))["assignee"]["name"] == "Oto"
    assert ok(post(program, ticket, "assign", agent=None))["assignee"] is None
    assert code(post(program, ticket, "assign", agent=cyril.pk), 422) == "not_a_colleague"
    assert code(post(program, ticket, "assign", agent=cyril.user.email), 422) == "not_a_colleague"
    assert post(program, ticket, "assign").status_code == 422


def test_a_ticket_sleeps_and_wakes(program: Program, ticket: Ticket) -> None:
    until = (timezone.now() + timedelta(hours=3)).replace(microsecond=0)

    shown = ok(post(program, ticket, "snooze", until=until.isoformat()))

    assert shown["snoozed_until"] == until.isoformat().replace("+00:00", "Z")
    assert ok(post(program, ticket, "wake"))["snoozed_until"] is None


@pytest.mark.parametrize("until", ["2020-01-01T00:00:00Z", "1020-01-01T00:00:00+14:00"])
def test_nothing_sleeps_until_the_past(program: Program, ticket: Ticket, until: str) -> None:
    assert code(post(program, ticket, "snooze", until=until), 409) == "cannot_snooze"


def test_the_end_of_the_calendar_is_no_crash(program: Program, ticket: Ticket) -> None:
    shown = ok(post(program, ticket, "snooze", until="9999-12-31T23:59:59.999999-14:00"))

    assert shown["snoozed_until"] == "2100-01-01T00:00:00Z"
    assert ok(program.get("/tickets"))["items"]


@pytest.mark.parametrize(
    "until", ["tomorrow", "2030-01-01", "2030-01-01T00:00:00", 1893456000, None, "2030-13-01T00:00Z"]
)
def test_a_time_has_a_zone(program: Program, ticket: Ticket, until: Any) -> None:
    assert code(post(program, ticket, "snooze", until=until), 422) == "no_such_time"


def test_tags_are_put_on_and_taken_off(program: Program, ticket: Ticket) -> None:
    assert ok(post(program, ticket, "tag", add=["Parcel", "late"]))["tags"] == ["parcel", "late"]
    assert ok(post(program, ticket, "tag", add=["lost"], remove=["late"]))["tags"] == ["parcel", "lost"]
    assert code(post(program, ticket, "tag", add=["x" * 41]), 422) == "bad_tag"


def test_a_like_thanks_for_the_newest_message(program: Program, ticket: Ticket) -> None:
    message = ok(post(program, ticket, "like"))

    assert (message["id"], message["liked"], message["outcome"]) == (said(ticket).pk, True, "thanked")
    assert ok(post(program, ticket, "like", liked=False, message=message["id"]))["outcome"] == "open"


def test_hiding_answers_nothing(program: Program, ticket: Ticket) -> None:
    message = ok(post(program, ticket, "hide", message=said(ticket).pk))

    assert (message["hidden"], message["outcome"]) == (True, "open")
    assert not ok(post(program, ticket, "hide", hidden=False))["hidden"]


def test_what_a_network_does_not_allow_is_a_conflict(program: Program, messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Hello", direct=True)

    assert code(post(program, ticket, "hide"), 409) == "cannot_hide"


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("like", {"liked": 1}),
        ("like", {"liked": "true"}),
        ("answered", {"message": "1"}),
        ("answered", {"message": True}),
        ("reply", {"text": 1}),
        ("tag", {"add": "late"}),
        ("resolve", {"resolution": "done"}),
        ("reopen", {"why": "not"}),
        ("snooze", {}),
        ("assign", {"agent": 2**63}),
        ("like", {"message": 10**40}),
    ],
)
def test_what_is_misunderstood_is_refused(
    program: Program, ticket: Ticket, verb: str, body: dict[str, Any]
) -> None:
    answer = program.post(f"/tickets/{ticket.number}/{verb}", json.dumps(body))

    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"]


def test_a_verb_without_fields_takes_an_empty_object_or_nothing(program: Program, ticket: Ticket) -> None:
    for body in (b"", b"{}"):
        assert program.post(f"/tickets/{ticket.number}/wake", body).status_code == 200


def test_where_there_is_no_right_to_answer_the_network_s_rule_is_told(
    program: Program, facebook: Network
) -> None:
    ticket = facebook.ticket(facebook.comment("Hi", unanswerable="Only friends are answered."))

    answer = post(program, ticket, "reply", text="Hello")

    assert code(answer, 409) == "no_right"
    assert answer.json()["detail"] == "Only friends are answered."


def test_what_the_network_does_not_let_us_repost_is_a_conflict(program: Program, ticket: Ticket) -> None:
    assert code(post(program, ticket, "repost"), 409) == "cannot_repost"
