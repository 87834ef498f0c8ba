from __future__ import annotations

import pytest

from heard.accounts import sign_in_links
from heard.people.leave import leave
from heard.people.reach import AtWorkElsewhere
from heard.people.sign_in_link import NotAtWork, give_sign_in_link
from heard.people.tests.conftest import NOON
from heard.people.tests.events import last_event
from heard.workspaces.create import add_agent
from heard.workspaces.models import Agent, Workspace

SITE = "https://heard.example.org"


def test_a_newer_link_takes_the_place_of_the_older(ann: Agent, bea: Agent) -> None:
    first = give_sign_in_link(bea, by=ann, now=NOON, public_url=SITE)
    second = give_sign_in_link(bea, by=ann, now=NOON, public_url=SITE)

    assert sign_in_links.look(first.rpartition("/")[2], now=NOON) is None
    assert sign_in_links.look(second.rpartition("/")[2], now=NOON) == bea.user
    assert last_event() == ("SignInLinkGiven", {"agent_id": bea.pk, "agent": "Bea"})


def test_a_link_for_somebody_who_also_works_elsewhere_is_refused(
    ann: Agent, bea: Agent, other: Workspace
) -> None:
    add_agent(other, bea.user, name="Bea")

    with pytest.raises(AtWorkElsewhere):
        give_sign_in_link(bea, by=ann, now=NOON, public_url=SITE)


def test_somebody_who_left_gets_no_link(ann: Agent, bea: Agent) -> None:
    leave(bea, by=ann, now=NOON)

    with pytest.raises(NotAtWork):
        give_sign_in_link(bea, by=ann, now=NOON, public_url=SITE)
