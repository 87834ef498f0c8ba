from __future__ import annotations

from heard.people.tests.conftest import NOON
from heard.people.tests.events import kinds
from heard.people.tokens import issue_token, revoke_token
from heard.workspaces.models import Agent, ApiToken
from heard.workspaces.tokens import agent_of


def test_a_token_acts_as_its_agent_until_it_is_revoked(bea: Agent) -> None:
    secret = issue_token(bea, name="Report", now=NOON)
    assert agent_of(secret, now=NOON) == bea

    token = ApiToken.objects.get()
    revoke_token(token, by=bea, now=NOON)

    assert agent_of(secret, now=NOON) is None
    assert kinds() == ["TokenIssued", "TokenRevoked"]


def test_the_secret_is_not_in_the_database(bea: Agent) -> None:
    secret = issue_token(bea, name="Report", now=NOON)

    assert secret not in str(ApiToken.objects.values().get())
