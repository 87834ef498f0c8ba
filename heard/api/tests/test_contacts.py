"""Contacts of many addresses, and the same case elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from heard.api.tests.conftest import Program
from heard.contacts.tests.people import somebody
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded
from tests.mailbox import a_mailbox, mailboxes

pytestmark = pytest.mark.usefixtures("today")
NUMBER = "+420601123456"


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def code(answer: Any) -> str:
    told = answer.json()
    return str(told["errors"][0]["code"] if "errors" in told else told["code"])


def test_contacts_are_merged_shown_as_one_and_taken_apart_again(
    program: Program, facebook: Network, messenger: Network
) -> None:
    here, there = somebody(facebook, "Jana Nová"), somebody(messenger, "Jana Nová")
    [suggested] = ok(program.get(f"/contacts/{here.pk}/suggestions"))["items"]
    assert (suggested["contact"], suggested["strength"]) == (there.pk, 1)

    merged = ok(program.post(f"/contacts/{here.pk}/merge", contact=there.pk))

    assert {one["channel"] for one in merged["identities"]} == {"facebook", "messenger"}
    assert len(merged["tickets"]) == 2
    [merge] = merged["merges"]
    assert (merge["gone"], merge["by"]) == (there.pk, "Bea")
    assert ok(program.get(f"/contacts/{there.pk}"))["id"] == here.pk
    for verb in ("merge", "not-the-same"):
        refused = program.post(f"/contacts/{here.pk}/{verb}", contact=there.pk)
        assert (refused.status_code, code(refused)) == (409, "same_person")
    apart = ok(program.post(f"/contacts/{here.pk}/unmerge", merge=merge["id"]))
    assert (len(apart["identities"]), apart["merges"]) == (1, [])
    again = program.post(f"/contacts/{here.pk}/unmerge", merge=merge["id"])
    assert (again.status_code, code(again)) == (409, "not_merged")
    ok(program.post(f"/contacts/{here.pk}/not-the-same", contact=there.pk))
    assert ok(program.get(f"/contacts/{here.pk}/suggestions"))["items"] == []


def test_all_that_was_said_is_listed_newest_first(program: Program, messenger: Network) -> None:
    for number in range(5):
        messenger.direct(f"Line {number}")
    contact = Message.objects.order_by("id")[0].ticket.contact_id

    first = ok(program.get(f"/contacts/{contact}/history", limit=3))
    rest = ok(program.get(f"/contacts/{contact}/history", cursor=first["next"]))

    said = [one["text"] for one in first["items"] + rest["items"]]
    assert said == [f"Line {number}" for number in (4, 3, 2, 1, 0)]
    assert program.get(f"/contacts/{contact}/history", cursor="x").status_code == 400


def test_a_case_goes_on_by_mail_and_answers_go_there_by_via(
    program: Program, messenger: Network, bea: Agent
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    with mailboxes():
        inbox = a_mailbox(bea.workspace)
        asked: dict[str, Any] = {"address": "Jana@example.com", "inbox": inbox.pk}
        bound = ok(program.post(f"/tickets/{ticket.number}/continue", **asked), 201)
        assert (bound["kind"], bound["address"]) == ("email", "jana@example.com")

        sent = ok(program.post(f"/tickets/{ticket.number}/reply", text="Hi", via=bound["via"]), 202)

        assert (sent["kind"], sent["to"]["address"]) == ("email", "jana@example.com")
        bad = program.post(f"/tickets/{ticket.number}/continue", address="x", inbox=inbox.pk)
        assert (bad.status_code, code(bad)) == (422, "bad_address")
        stray = program.post(f"/tickets/{ticket.number}/reply", text="Hi", via=bound["via"] + 1)
        assert (stray.status_code, code(stray)) == (422, "no_such_thread")


def test_calls_are_written_down_and_promised(program: Program, messenger: Network) -> None:
    ticket = a_ticket(messenger, said="Please call", direct=True)
    at = (timezone.now() + timedelta(hours=2)).isoformat()

    promised = ok(program.post(f"/tickets/{ticket.number}/call-back", number="+420 601 123 456", at=at))
    call: dict[str, Any] = {
        "number": NUMBER,
        "incoming": False,
        "result": "reached",
        "text": "Done.",
        "answers": True,
    }
    written = ok(program.post(f"/tickets/{ticket.number}/calls", **call), 201)

    assert promised["call_back_at"]
    assert ok(program.get("/tickets", folder="call-backs"))["items"][0]["number"] == ticket.number
    assert (written["kind"], written["direction"], written["text"]) == ("call", "out", "Done.")
    assert not reloaded(ticket).is_open
    for wrong, named in (
        ({**call, "number": "x"}, "no_number"),
        ({**call, "text": ""}, "words_needed"),
        ({**call, "at": at}, "not_yet"),
    ):
        refused = program.post(f"/tickets/{ticket.number}/calls", **wrong)
        assert (refused.status_code, code(refused)) == (422, named)
