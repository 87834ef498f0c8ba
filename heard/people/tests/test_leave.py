from __future__ import annotations

import pytest

from heard.people.come_back import come_back
from heard.people.last_admin import LastAdmin
from heard.people.leave import leave
from heard.people.tests.conftest import NOON
from heard.people.tests.events import kinds
from heard.people.tokens import issue_token
from heard.workspaces.models import Agent
from heard.workspaces.tokens import agent_of


def test_who_leaves_takes_their_tokens_along(ann: Agent, bea: Agent) -> None:
    secret = issue_token(bea, name="Report", now=NOON)

    leave(bea, by=ann, now=NOON)
    come_back(bea, by=ann, now=NOON)

    assert agent_of(secret, now=NOON) is None
    assert kinds() == ["TokenIssued", "AgentLeft", "AgentCameBack"]


def test_leaving_twice_is_leaving_once(ann: Agent, bea: Agent) -> None:
    leave(bea, by=ann, now=NOON)
    leave(bea, by=ann, now=NOON)

    assert kinds() == ["AgentLeft"]


def test_the_last_admin_cannot_leave(ann: Agent) -> None:
    with pytest.raises(LastAdmin):
        leave(ann, by=ann, now=NOON)
