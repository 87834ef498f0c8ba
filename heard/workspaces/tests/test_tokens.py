from __future__ import annotations

from datetime import timedelta

from heard.accounts.models import User
from heard.workspaces.create import take_numbers
from heard.workspaces.models import Agent, ApiToken, Workspace
from heard.workspaces.tokens import USE_NOTED_EVERY, agent_of, issue_token, revoke_token
from tests.cast import NOON, a_workspace, reloaded


def test_a_token_acts_as_its_agent_until_it_is_revoked(bea: Agent) -> None:
    secret = issue_token(bea, name="script", now=NOON)

    assert agent_of(secret, now=NOON) == bea
    revoke_token(ApiToken.objects.get(), now=NOON)
    assert agent_of(secret, now=NOON) is None


def test_only_a_hash_of_a_token_is_kept(bea: Agent) -> None:
    secret = issue_token(bea, name="script", now=NOON)

    assert len(secret) > 40
    assert secret not in str(ApiToken.objects.values().get())


def test_a_token_of_somebody_who_left_opens_nothing(bea: Agent) -> None:
    secret = issue_token(bea, name="script", now=NOON)

    Agent.objects.update(is_active=False)
    assert agent_of(secret, now=NOON) is None
    Agent.objects.update(is_active=True)
    User.objects.update(is_active=False)
    assert agent_of(secret, now=NOON) is None


def test_a_made_up_token_opens_nothing(bea: Agent) -> None:
    issue_token(bea, name="script", now=NOON)

    assert agent_of("heard_nonsense", now=NOON) is None
    assert agent_of("", now=NOON) is None


def test_its_use_is_noted_now_and_then(bea: Agent) -> None:
    secret = issue_token(bea, name="script", now=NOON)
    token = ApiToken.objects.get()

    for seconds in (0, 10):
        agent_of(secret, now=NOON + timedelta(seconds=seconds))
    assert reloaded(token).used_at == NOON
    later = NOON + USE_NOTED_EVERY + timedelta(seconds=1)
    agent_of(secret, now=later)
    assert reloaded(token).used_at == later


def test_numbers_rise_in_each_workspace_by_themselves(acme: Workspace) -> None:
    other = a_workspace("Other")

    assert take_numbers(acme.pk, count=3) == [1001, 1002, 1003]
    assert take_numbers(other.pk, count=1) == [1001]
    assert take_numbers(acme.pk, count=1) == [1004]
