from __future__ import annotations

import pytest

from heard.people.last_admin import LastAdmin
from heard.people.role import change_role
from heard.people.tests.conftest import NOON
from heard.people.tests.events import last_event
from heard.workspaces.models import Agent


def test_a_colleague_becomes_an_admin(ann: Agent, bea: Agent) -> None:
    change_role(bea, role=Agent.Role.ADMIN, by=ann, now=NOON)

    bea.refresh_from_db()
    assert bea.is_admin
    assert last_event() == ("RoleChanged", {"agent_id": bea.pk, "agent": "Bea", "role": "admin"})


def test_the_last_admin_stays_admin(ann: Agent, bea: Agent) -> None:
    with pytest.raises(LastAdmin):
        change_role(ann, role=Agent.Role.AGENT, by=ann, now=NOON)
