from __future__ import annotations

import json
from typing import Any

from heard.api.tests.conftest import Program
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket

WANTED = {
    "order_numbers": ["ORD-######"],
    "vouchers": [],
    "phrases": [
        {
            "text": "cheap",
            "instead": "good value",
            "reason": "sounds poor",
            "language": "en",
            "forbidden": True,
        }
    ],
    "ours": ["shop@acme.example"],
    "words": ["Heardly"],
    "complaint_tags": ["complaint"],
    "levels": {"personal": "never"},
    "overriding": "admins",
}


def put(program: Program, **body: Any) -> Any:
    return program.client.put("/api/v1/wording", json.dumps(body), content_type="application/json")


def test_an_admin_changes_what_answers_are_checked_for(ann: Agent) -> None:
    program = Program(ann)

    changed = put(program, **WANTED)

    assert changed.status_code == 200, changed.content
    assert changed.json() == WANTED == program.get("/wording").json()
    assert put(program).json() == {**{key: [] for key in WANTED}, "levels": {}, "overriding": "everybody"}


def test_a_pattern_that_runs_away_is_refused_with_its_field(ann: Agent) -> None:
    refused = put(Program(ann), order_numbers=["/(a+)+/"])

    [error] = refused.json()["errors"]
    assert (refused.status_code, error["field"], error["code"]) == (422, "body.order_numbers", "bad_wording")


def test_agents_read_it_and_change_nothing(program: Program) -> None:
    assert program.get("/wording").status_code == 200
    assert put(program, **WANTED).status_code == 403


def test_a_finding_says_whether_whoever_asks_may_override_it(
    today: None, program: Program, ann: Agent, facebook: Network
) -> None:
    put(Program(ann), overriding="admins")
    ticket = a_ticket(facebook, said="Where is my parcel?")
    said: dict[str, Any] = {"text": "Write to jana@example.org", "override": ["personal.email"]}

    refused = program.post(f"/tickets/{ticket.number}/reply", **said)
    sent = Program(ann).post(f"/tickets/{ticket.number}/reply", **said)

    [finding] = refused.json()["findings"]
    assert (finding["code"], finding["weight"]) == ("personal.email", "stop")
    assert (finding["overridable"], finding["needs_right"]) == (False, True)
    assert sent.status_code == 202


def test_a_text_is_looked_at_without_being_sent(today: None, program: Program, facebook: Network) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")

    told = program.post(f"/tickets/{ticket.number}/check", text="Write to jana@example.org")
    nowhere = program.post(f"/tickets/{ticket.number}/check", text="Hello", via=999_999)

    assert "personal.email" in [one["code"] for one in told.json()["findings"]]
    assert nowhere.status_code in (404, 409, 422)
    assert not ticket.messages.filter(direction="out").exists()
