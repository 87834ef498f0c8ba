"""A program of the shop writes what it knows into the table."""

from __future__ import annotations

import json
from typing import Any

from heard.api.tests.conftest import Program
from heard.facts.models import Fact
from heard.workspaces.models import Agent

HOURS = {"name": "Opening hours", "values": {"": "9 to 5"}, "review_on": "2027-01-31", "note": ""}


def put(program: Program, key: str, **body: Any) -> Any:
    return program.client.put(f"/api/v1/facts/{key}", json.dumps(body), content_type="application/json")


def test_a_fact_is_written_by_its_key_and_read_again(ann: Agent, bea: Agent) -> None:
    program = Program(ann)

    made = put(program, "hours", **HOURS)
    again = put(program, "hours", **{**HOURS, "values": {"": "9 to 6"}})

    assert made.status_code == again.status_code == 200, made.content
    assert program.get("/facts").json() == {"items": [again.json()]}
    assert again.json() == {"key": "hours", **HOURS, "values": {"": "9 to 6"}, "owner": ann.pk}
    assert Fact.objects.get().former[0]["value"] == "9 to 5"
    assert put(Program(bea), "hours", **HOURS).status_code == 403
    assert put(program, "Hours", **HOURS).json()["errors"][0]["field"] == "path.key"
    assert put(program, "hours", **{**HOURS, "values": {}}).json()["errors"][0]["field"] == "body.values"
