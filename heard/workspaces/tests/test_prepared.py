from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from heard.many import among
from heard.workspaces.models import Agent, ApiToken, Workspace
from heard.workspaces.prepared import Prepared, Some, ValueLost, prepared
from heard.workspaces.tokens import issue_token
from tests.cast import NOON, an_agent

LATER = NOON + timedelta(hours=1)


@prepared
def colleagues(order: str, *, agent: Agent, besides: Sequence[int] = ()) -> QuerySet[Agent]:
    found = Agent.objects.visible_to(agent).filter(role=Agent.Role.AGENT).exclude(pk__in=besides)
    return found.select_related("user").order_by(order)


@prepared
def tokens(*, agent: Agent, since: datetime | None) -> QuerySet[ApiToken, tuple[int, str]]:
    found = ApiToken.objects.visible_to(agent).filter(agent=agent).order_by("pk")
    return (found.filter(created_at__gte=since) if since else found).values_list("pk", "name")


def test_it_answers_what_its_query_set_would_for_whoever_asks_and_is_worded_once(
    bea: Agent, oto: Agent, cyril: Agent
) -> None:
    asked: list[tuple[Agent, Sequence[int], str]] = [(who, (), "name") for who in (bea, oto, cyril)]
    asked += [(bea, (bea.pk,), "name"), (oto, (bea.pk,), "-name"), (cyril, (bea.pk, cyril.pk), "name")]

    for who, besides, order in asked:
        found = colleagues(order, agent=who, besides=besides)
        wanted = Agent.objects.visible_to(who).filter(role="agent").exclude(pk__in=besides).order_by(order)
        assert found == list(wanted)
        with CaptureQueriesContext(connection) as nothing_more:
            assert [one.user.pk for one in found] == [one.user_id for one in found]
        assert not nothing_more.captured_queries

    words = colleagues.wording("name", agent=bea, besides=(1,))
    assert words is not None
    assert words is colleagues.wording("name", agent=cyril, besides=(2,))
    assert "'agent'" in words.words, "a constant is no parameter: the planner has to see it"


def test_a_value_that_is_none_makes_another_question(bea: Agent, oto: Agent) -> None:
    for who, at in ((bea, NOON), (bea, LATER), (oto, LATER)):
        issue_token(who, name=f"{who.name}% {at:%H}", now=at)

    assert [name for _pk, name in tokens(agent=bea, since=None)] == ["Bea% 12", "Bea% 13"]
    assert [name for _pk, name in tokens(agent=bea, since=LATER)] == ["Bea% 13"]
    assert [name for _pk, name in tokens(agent=oto, since=NOON)] == ["Oto% 13"]


def test_signs_of_the_driver_in_a_constant_and_converted_columns_come_through(acme: Workspace) -> None:
    an_agent(acme, "100 %s")

    @prepared
    def named(*, workspace: int) -> QuerySet[Agent, tuple[str, int]]:
        found = Agent.objects.filter(workspace=workspace, name__contains="0 %s")
        return found.values_list("name").annotate(count=Count("pk"))

    assert named(workspace=acme.pk) == [("100 %s", 1)]
    assert named(workspace=acme.pk + 1) == []


def test_some_ids_and_texts_are_one_value_whatever_their_number(bea: Agent, oto: Agent, cyril: Agent) -> None:
    @prepared
    def either(*, names: Some, pks: Some) -> QuerySet[Agent, str]:
        found = Agent.objects.filter(Q(among("pk", pks)) | Q(among("name", names)))
        return found.order_by("name").values_list("name", flat=True)

    @prepared
    def one_by_one(*, pks: Some) -> QuerySet[Agent]:
        return Agent.objects.filter(pk__in=pks)

    assert either(names=Some(["Oto", 'O"t,o%s']), pks=Some([bea.pk])) == ["Bea", "Oto"]
    assert either(names=Some(f"Nobody {n}" for n in range(300)), pks=Some({cyril.pk, 2**40})) == ["Cyril"]
    assert either(names=Some(), pks=Some()) == []
    words = either.wording(names=Some(), pks=Some())
    assert words is not None
    assert words is either.wording(names=Some(["Oto"] * 300), pks=Some([1]))
    assert words.words.count("%s") == 2
    with pytest.raises(ValueLost):
        one_by_one(pks=Some([bea.pk]))


def test_what_django_knows_to_be_empty_is_not_asked(bea: Agent) -> None:
    @prepared
    def nobody(*, agent: Agent) -> QuerySet[Agent]:
        return Agent.objects.visible_to(agent).filter(pk__in=())

    with CaptureQueriesContext(connection) as asked:
        assert nobody(agent=bea) == []
    assert not asked.captured_queries


def test_a_question_that_would_not_send_its_values_is_refused(bea: Agent) -> None:
    def forgets(*, agent: Agent, pk: int) -> QuerySet[Agent]:
        return Agent.objects.visible_to(agent)

    def reckons(*, agent: Agent, pk: int) -> QuerySet[Agent]:
        return Agent.objects.visible_to(agent).filter(pk=pk + 1)

    def for_everybody(*, agent: Agent) -> QuerySet[Agent]:
        return Agent.objects.filter(~Q(pk=F("user")))

    for asked in (forgets, reckons):
        with pytest.raises(ValueLost):
            Prepared(asked)(agent=bea, pk=bea.pk)
    with pytest.raises(ValueLost):
        Prepared(for_everybody)(agent=bea)


def test_a_question_may_know_nothing_of_the_agent_but_the_ids(bea: Agent) -> None:
    @prepared
    def by_right(*, agent: Agent) -> QuerySet[Agent]:
        return Agent.objects.visible_to(agent) if agent.is_admin else Agent.objects.none()

    with pytest.raises(Agent.DoesNotExist):
        by_right(agent=bea)
