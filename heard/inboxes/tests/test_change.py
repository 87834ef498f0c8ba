from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from heard.accounts.models import User
from heard.events.models import EventRecord
from heard.inboxes.change import BadColour, NotOurTeam, change
from heard.inboxes.models import Inbox
from heard.workspaces.create import add_agent, create_workspace
from heard.workspaces.models import Agent, Team

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def ann(db: None) -> Agent:
    acme = create_workspace("Acme Shop", slug="acme", now=NOON)
    return add_agent(acme, User.objects.create_user("ann@example.org"), name="Ann", role=Agent.Role.ADMIN)


@pytest.fixture
def page(ann: Agent) -> Inbox:
    return Inbox.objects.create(workspace=ann.workspace, channel="facebook", account="1", name="Acme")


def changed(page: Inbox, by: Agent, **over: Any) -> None:
    as_it_is = {
        "name": "Acme",
        "colour": page.colour,
        "language": "",
        "team": None,
        "extended_window": False,
    }
    change(page, **{**as_it_is, **over}, by=by, now=NOON)


def test_an_inbox_gets_another_name_and_colour(page: Inbox, ann: Agent) -> None:
    changed(page, ann, name="Acme Greece", colour="#aa3355", language="el")

    page.refresh_from_db()
    assert (page.name, page.colour, page.language) == ("Acme Greece", "#aa3355", "el")
    record = EventRecord.objects.get()
    assert (record.kind, record.payload["changed"]) == ("InboxChanged", ["name", "colour", "language"])


def test_saving_the_same_again_leaves_no_event(page: Inbox, ann: Agent) -> None:
    changed(page, ann)

    assert not EventRecord.objects.exists()


def test_a_team_of_another_workspace_is_refused(page: Inbox, ann: Agent) -> None:
    elsewhere = create_workspace("Other", slug="other", now=NOON)
    with pytest.raises(NotOurTeam):
        changed(page, ann, team=Team.objects.create(workspace=elsewhere, name="Eve and friends"))


def test_a_colour_is_a_colour(page: Inbox, ann: Agent) -> None:
    with pytest.raises(BadColour):
        changed(page, ann, colour="red; background: url(//evil)")
