from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import DurationField, QuerySet, Value
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext

from heard.inboxes.models import Inbox
from heard.workspaces.ahead import NotInJson, ahead
from heard.workspaces.models import Agent, ApiToken
from heard.workspaces.prepared import prepared
from heard.workspaces.tokens import issue_token
from tests.cast import NOON, an_inbox


@prepared
def colleagues(*, agent: Agent) -> QuerySet[Agent]:
    return Agent.objects.visible_to(agent).select_related("user").order_by("-name")


@prepared
def tokens(*, agent: Agent, names: Sequence[str] = ()) -> QuerySet[ApiToken]:
    found = ApiToken.objects.visible_to(agent).exclude(name="100 %s").order_by("pk")
    return found.select_related("agent__workspace")


@prepared
def inboxes(*, agent: Agent) -> QuerySet[Inbox]:
    return Inbox.objects.visible_to(agent).order_by("pk")


@prepared
def names(*, agent: Agent) -> QuerySet[Agent, tuple[str, int]]:
    return Agent.objects.visible_to(agent).order_by("pk").values_list("name", "workspace")


def test_what_is_asked_ahead_is_one_statement_and_the_same_as_asked_one_by_one(
    bea: Agent, oto: Agent, cyril: Agent
) -> None:
    for who in (bea, oto):
        issue_token(who, name=f'{who.name}\'s "50 %"', now=NOON)
    inbox = an_inbox(bea.workspace)
    Inbox.objects.filter(pk=inbox.pk).update(monthly_cap=Decimal("12.50"), sign_public="Ž {name}")
    questions = (colleagues, tokens, inboxes, names)
    alone = [everything(asked(agent=bea)) for asked in questions]

    with (
        CaptureQueriesContext(connection) as statements,
        ahead(*(asked.of(agent=bea) for asked in questions)),
    ):
        together = [everything(asked(agent=bea)) for asked in questions]
        with ahead(*(asked.of(agent=bea) for asked in questions)):
            colleagues(agent=bea)

    assert together == alone
    assert all(alone)
    assert len(statements) == 1
    with CaptureQueriesContext(connection) as afterwards:
        assert names(agent=bea)
    assert len(afterwards) == 1, "outside of it, everybody asks for themselves"


def test_whoever_asks_something_else_than_what_was_asked_ahead_is_answered_by_the_database(
    bea: Agent, cyril: Agent
) -> None:
    with ahead(names.of(agent=bea), tokens.of(agent=bea)):
        assert [name for name, _workspace in names(agent=cyril)] == ["Cyril"]


def test_a_kind_that_json_would_change_is_refused(bea: Agent) -> None:
    @prepared
    def durations(*, agent: Agent) -> QuerySet[Agent, tuple[object]]:
        return Agent.objects.visible_to(agent).values_list(Cast(Value("1 day"), DurationField()))

    with pytest.raises(NotInJson), ahead(names.of(agent=bea), durations.of(agent=bea)):
        pass


def everything(rows: Sequence[object]) -> list[str]:
    """With the types: an equal text may be another value."""
    return [repr({**vars(row), "_state": ""} if hasattr(row, "__dict__") else row) for row in rows]
