from __future__ import annotations

from typing import Any

import pytest

from heard.events.models import EventRecord
from heard.people.teams import make_team
from heard.replies.models import Macro
from heard.replies.rights import ForAdmins
from heard.replies.tests.shelf import a_reply
from heard.replies.write_macro import BadMacro, Deeds, change_macro, make_macro, remove_macro
from heard.workspaces.models import Agent
from tests.cast import NOON, reloaded

pytestmark = pytest.mark.django_db


def test_a_macro_is_made_changed_and_removed_by_admins(ann: Agent, bea: Agent) -> None:
    made = make_macro(
        ann.workspace, Deeds(name=" Say  bye ", key="B", tags=["Late ", "late"]), by=ann, now=NOON
    )
    assert (made.name, made.key, made.tags) == ("Say bye", "b", ["late"])

    change_macro(made, Deeds(name="Say bye", key="b", assigns_me=True), by=ann, now=NOON)
    made = reloaded(made)
    assert (made.tags, made.assigns_me) == ([], True)
    for write in (
        lambda: make_macro(ann.workspace, Deeds(name="x", tags=["y"]), by=bea, now=NOON),
        lambda: change_macro(made, Deeds(name="x", tags=["y"]), by=bea, now=NOON),
        lambda: remove_macro(made, by=bea, now=NOON),
    ):
        with pytest.raises(ForAdmins):
            write()

    remove_macro(made, by=ann, now=NOON)
    assert not Macro.objects.exists()
    kinds = EventRecord.objects.filter(kind__startswith="Macro").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["MacroMade", "MacroChanged", "MacroRemoved"]


def test_what_cannot_be_is_refused_at_its_place(ann: Agent, cyril: Agent) -> None:
    make_macro(ann.workspace, Deeds(name="Bye", key="b", tags=["late"]), by=ann, now=NOON)
    make_macro(cyril.workspace, Deeds(name="Hi", key="h", tags=["late"]), by=cyril, now=NOON)
    team = make_team(cyril.workspace, name="Theirs", members=[cyril], by=cyril, now=NOON)
    does: dict[str, Any] = {"name": "Hi", "key": "h", "tags": ["late"]}
    refused: list[tuple[dict[str, Any], str, str]] = [
        ({"name": " "}, "name", "missing"),
        ({"name": "x" * 81}, "name", "long"),
        ({"name": "BYE"}, "name", "taken"),
        ({"key": "B"}, "key", "taken"),
        ({"key": "-"}, "key", "form"),
        ({"key": "ab"}, "key", "form"),
        ({"tags": []}, "name", "nothing"),
        ({"tags": ["x" * 41]}, "tags", "long"),
        ({"team": team}, "team", "unknown"),
        ({"assignee": cyril}, "assignee", "unknown"),
        ({"reply": a_reply(cyril)}, "reply", "unknown"),
        ({"snooze_hours": 4, "reply": a_reply(ann)}, "snooze_hours", "waits"),
        ({"snooze_hours": 4, "resolution": "solved"}, "snooze_hours", "waits"),
        ({"snooze_hours": 100_000}, "snooze_hours", "long"),
        ({"resolution": "eaten"}, "resolution", "unknown"),
        ({"resolution": "spam", "resolution_note": " "}, "resolution_note", "why"),
    ]
    for deeds, field, code in refused:
        with pytest.raises(BadMacro) as bad:
            make_macro(ann.workspace, Deeds(**{**does, **deeds}), by=ann, now=NOON)
        assert (bad.value.field, bad.value.code) == (field, code), deeds
    assert make_macro(ann.workspace, Deeds(**does), by=ann, now=NOON).key == "h"
