from __future__ import annotations

from typing import Any

import pytest

from heard.people.tests.conftest import NOON
from heard.people.tests.events import kinds, last_event
from heard.people.workspace import BadSetting, change_workspace
from heard.workspaces.models import Agent, Workspace


def changed(workspace: Workspace, by: Agent, **over: Any) -> None:
    as_it_is = {
        "name": "Acme Shop",
        "language": "en",
        "time_zone": "UTC",
        "undo_seconds": 5,
        "reopen_within_hours": 72,
        "number_prefix": "HRD",
        "posts_need_approval": False,
        "replies_need_approval": False,
    }
    change_workspace(workspace, **{**as_it_is, **over}, by=by, now=NOON)


def test_an_admin_changes_what_holds_for_everybody(acme: Workspace, ann: Agent) -> None:
    changed(acme, ann, undo_seconds=0, number_prefix="ACME")

    acme.refresh_from_db()
    assert (acme.undo_seconds, acme.number_prefix) == (0, "ACME")
    assert last_event() == ("WorkspaceChanged", {"changed": ["undo_seconds", "number_prefix"]})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("undo_seconds", 61),
        ("undo_seconds", -1),
        ("reopen_within_hours", 0),
        ("number_prefix", "a b"),
        ("number_prefix", "TOOLONG"),
        ("number_prefix", "1AB"),
    ],
)
def test_a_value_that_cannot_be_is_refused(acme: Workspace, ann: Agent, field: str, value: Any) -> None:
    with pytest.raises(BadSetting) as refused:
        changed(acme, ann, **{field: value})

    assert refused.value.field == field
    assert kinds() == []
