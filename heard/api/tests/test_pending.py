"""Replies that wait for their time or for a colleague."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from heard.api.tests.conftest import Program
from heard.api.tests.test_verbs import code, ok, post
from heard.replies.write_macro import Deeds, make_macro
from heard.tickets.models import Message
from heard.tickets.pending.leave import leave_due
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = pytest.mark.usefixtures("today")


def test_a_reply_for_later_is_listed_and_taken_back(facebook: Network, program: Program) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    at = (timezone.now() + timedelta(hours=2)).isoformat()

    made = ok(post(program, ticket, "reply", text="On its way.", at=at), 202)

    assert (made["state"], made["text"], made["message"]) == ("scheduled", "On its way.", None)
    listed = ok(program.get("/pending", state="scheduled"))["items"]
    assert [one["pending"] for one in listed] == [made["pending"]]
    shown = ok(program.get(f"/tickets/{ticket.number}"))
    assert (shown["state"], shown["answer_at"]) == ("open", made["goes_at"])
    back = ok(program.post(f"/pending/{made['pending']}/take-back"))
    assert back["state"] == "taken_back"
    assert code(program.post(f"/pending/{made['pending']}/take-back"), 409) == "too_late"
    assert (
        code(post(program, ticket, "reply", text="Tomorrow.", at="2020-01-01T00:00:00Z"), 422) == "bad_time"
    )


def test_who_may_not_send_gets_a_review_and_a_colleague_decides(
    facebook: Network, bea: Agent, oto: Agent
) -> None:
    Agent.objects.filter(pk=bea.pk).update(sends=False)
    trainee, colleague = Program(bea), Program(oto)
    ticket = a_ticket(facebook, said="Where is my parcel?")

    first = ok(post(trainee, ticket, "reply", text="On its way."), 202)
    assert (first["state"], first["author"]["name"]) == ("review", "Bea")
    assert code(trainee.post(f"/pending/{first['pending']}/approve"), 409) == "not_a_reviewer"
    assert code(colleague.post(f"/pending/{first['pending']}/return", comment=" "), 422) == "comment_needed"
    back = ok(colleague.post(f"/pending/{first['pending']}/return", comment="Greet her first."))
    assert (back["state"], back["comment"]) == ("returned", "Greet her first.")

    asked = {"text": "Hi, on its way.", "reviewer": oto.pk, "question": "Better?"}
    second = ok(post(trainee, ticket, "reply", **asked), 202)
    assert (second["reviewer"]["name"], second["question"]) == ("Oto", "Better?")
    stopped = colleague.post(f"/pending/{second['pending']}/approve", text="Write to jana@acme.example")
    assert stopped.status_code == 422
    left = ok(colleague.post(f"/pending/{second['pending']}/approve"))
    message = Message.objects.get(direction="out")
    assert (left["state"], left["message"], message.text) == ("sent", message.pk, "Hi, on its way.")
    assert message.agent == bea


def test_what_a_macro_does_beside_a_reply_waits_with_it(
    facebook: Network, program: Program, ann: Agent, bea: Agent, plain_static: None
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    deeds = Deeds(name="Told", tags=["told"], assigns_me=True, resolution="solved")
    macro = make_macro(ann.workspace, deeds, by=ann, now=timezone.now())
    at = timezone.now() + timedelta(hours=2)

    made = ok(post(program, ticket, "reply", text="On its way.", at=at.isoformat(), macro=macro.pk), 202)

    then = made["then"]
    assert (then["name"], then["tags"], then["assigns_author"], then["resolution"]) == (
        *("Told", ["told"]),
        *(True, "solved"),
    )
    assert (
        "Then: assign to its author, tag told, resolve"
        in signed_in(bea).get(f"/tickets/{ticket.number}").text
    )
    leave_due(now=at)
    left = ok(program.get(f"/tickets/{ticket.number}"))
    assert (left["state"], left["tags"], left["assignee"]["name"]) == ("resolved", ["told"], "Bea")
    assert code(post(program, ticket, "reply", text="Again.", macro=macro.pk + 1), 422) == "no_such_macro"
