"""Planned posts by programs."""

from __future__ import annotations

from heard.api.tests.conftest import Program
from heard.inboxes.models import Inbox
from heard.publishing.tests.conftest import billboard as billboard
from heard.publishing.tests.conftest import board as board
from heard.publishing.tests.conftest import four_eyes as four_eyes
from heard.publishing.tests.conftest import networks as networks
from heard.workspaces.models import Agent, Workspace


def written(program: Program, *inboxes: Inbox, text: str = "We open on Sunday.") -> int:
    answer = program.post("/posts", text=text, targets=[{"inbox": inbox.pk} for inbox in inboxes])
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def test_a_post_is_written_scheduled_and_cancelled(bea: Agent, billboard: Inbox) -> None:
    program = Program(bea)
    id = written(program, billboard)

    scheduled = program.post(f"/posts/{id}/schedule", at=None).json()
    assert (scheduled["state"], scheduled["publications"][0]["state"]) == ("scheduled", "queued")
    assert [one["id"] for one in program.get("/posts", state="scheduled").json()["items"]] == [id]
    assert program.post(f"/posts/{id}/cancel").json()["state"] == "cancelled"

    refused = program.post(f"/posts/{id}/schedule")
    assert (refused.status_code, refused.json()["code"]) == (409, "cannot_change")


def test_a_second_person_approves(bea: Agent, oto: Agent, billboard: Inbox, four_eyes: Workspace) -> None:
    id = written(Program(bea), billboard)
    assert Program(bea).post(f"/posts/{id}/schedule").json()["state"] == "awaiting"

    assert Program(bea).post(f"/posts/{id}/approve").json()["code"] == "own_words"
    assert Program(oto).post(f"/posts/{id}/approve").json()["state"] == "scheduled"


def test_what_is_not_fit_names_the_account(bea: Agent, billboard: Inbox) -> None:
    id = written(Program(bea), billboard, text="word " * 21)

    answer = Program(bea).post(f"/posts/{id}/schedule")

    assert answer.status_code == 422
    [found] = answer.json()["findings"]
    assert (found["code"], found["inbox"]) == ("length.over", billboard.pk)


def test_a_warning_stops_a_program_only_where_it_asked_to_be_stopped(bea: Agent, billboard: Inbox) -> None:
    id = written(Program(bea), billboard, text="We will call you soon.")

    heeding = Program(bea).post(f"/posts/{id}/schedule", heed_warnings=True)
    assert (heeding.status_code, heeding.json()["findings"][0]["code"]) == (422, "promise.no_date")
    assert Program(bea).post(f"/posts/{id}/schedule").json()["state"] == "scheduled"


def test_times_and_accounts_that_cannot_be_are_refused(bea: Agent, cyril: Agent, billboard: Inbox) -> None:
    id = written(Program(bea), billboard)

    past = Program(bea).post(f"/posts/{id}/schedule", at="2020-01-01T00:00:00Z")
    assert past.json()["code"] == "in_the_past"
    strange = Program(cyril).post("/posts", text="Hello", targets=[{"inbox": billboard.pk}])
    assert (strange.status_code, strange.json()["errors"][0]["field"]) == (422, "body.targets")


def test_a_list_goes_on_where_it_ended(bea: Agent, billboard: Inbox) -> None:
    ids = [written(Program(bea), billboard) for _ in range(3)]

    first = Program(bea).get("/posts", limit=2).json()
    second = Program(bea).get("/posts", limit=2, cursor=first["next"]).json()

    assert [one["id"] for one in first["items"] + second["items"]] == ids[::-1]
    assert second["next"] is None
