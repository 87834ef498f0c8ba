"""An inbox whose network takes money, has to be asked, and can be listened to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_httpserver import HTTPServer

from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.spending import CAP_IN_WORDS, spend
from heard.ingest.models import ListenQuery, Look
from heard.workspaces.models import Agent
from tests.cast import an_agent, an_inbox, reloaded
from tests.small import Desk, a_small_network
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def anns(ann: Agent) -> Client:
    return signed_in(ann)


@pytest.fixture
def desk(ann: Agent, httpserver: HTTPServer) -> Iterator[Desk]:
    with a_small_network(ann.workspace, httpserver) as desk:
        yield desk


def page(desk: Desk, rest: str = "") -> str:
    return f"/settings/inboxes/{desk.inbox.pk}{rest}"


def test_what_was_spent_is_shown_and_admins_set_the_cap(anns: Client, desk: Desk) -> None:
    now = timezone.now()
    spend(desk.inbox, Decimal("0.015"), what="repost", now=now)
    spend(desk.inbox, Decimal("0.015"), what="unrepost", now=now)
    assert "What it costs: $0.03 this month" in anns.get(page(desk)).text
    assert "Reposts" in anns.get(page(desk, "/spending")).text

    anns.post(page(desk, "/spending"), {"monthly_cap": "0.03"})

    assert reloaded(desk.inbox).monthly_cap == Decimal("0.03")
    assert "The cap is reached." in anns.get(page(desk, "/spending")).text
    anns.post(page(desk, "/spending"), {"monthly_cap": ""})
    assert reloaded(desk.inbox).monthly_cap is None


@pytest.mark.parametrize("typed", ["-1", "0.001", "a lot", "9999999"])
def test_a_cap_that_is_no_sum_is_refused(anns: Client, desk: Desk, typed: str) -> None:
    assert anns.post(page(desk, "/spending"), {"monthly_cap": typed}).status_code == 422


def test_agents_see_what_it_costs_and_set_nothing(ann: Agent, desk: Desk) -> None:
    bea = signed_in(an_agent(ann.workspace, "Bea"))

    assert "Monthly cap" not in bea.get(page(desk, "/spending")).text
    assert bea.post(page(desk, "/spending"), {"monthly_cap": "1"}).status_code == 403


def test_a_free_inbox_has_no_such_pages(ann: Agent, anns: Client) -> None:
    inbox = an_inbox(ann.workspace)

    assert anns.get(f"/settings/inboxes/{inbox.pk}/spending").status_code == 404
    assert anns.get(f"/settings/inboxes/{inbox.pk}/queries").status_code == 404


def test_a_query_is_tried_added_changed_and_removed(anns: Client, desk: Desk) -> None:
    desk.answers("search/acme/0", said=[{"id": "1", "kind": "mention", "text": "acme boots"}])
    typed = {"name": "Us", "text": " acme "}

    tried = anns.post(page(desk, "/queries"), {**typed, "try": "yes"}).text
    assert "1 match at present" in tried
    assert "acme boots" in tried
    assert not ListenQuery.objects.exists()

    anns.post(page(desk, "/queries"), typed)
    query = ListenQuery.objects.get()
    assert (query.text, query.look.query_id) == ("acme", query.pk)
    assert "listens for this already" in anns.post(page(desk, "/queries"), typed).text

    anns.post(page(desk, f"/queries/{query.pk}"), {"name": "Us", "text": "acme OR acmee"})
    assert reloaded(query).text == "acme OR acmee"
    anns.post(page(desk, f"/queries/{query.pk}/remove"))
    assert not Look.objects.exists()


def test_what_the_network_says_to_a_bad_search_is_shown(anns: Client, desk: Desk) -> None:
    desk.answers("search/((/0", status=400)

    answer = anns.post(page(desk, "/queries"), {"name": "Us", "text": "((", "try": "yes"})

    assert answer.status_code == 422
    assert "The network did not search" in answer.text


def test_a_failed_look_and_a_used_up_cap_are_said_on_the_health_page(anns: Client, desk: Desk) -> None:
    look = Look.objects.create(
        workspace=desk.inbox.workspace, inbox=desk.inbox, due_at=timezone.now(), problem="Too many calls."
    )
    assert "The last look at the network failed: Too many calls." in anns.get(page(desk)).text

    Look.objects.filter(pk=look.pk).update(problem=CAP_IN_WORDS)
    Inbox.objects.update(monthly_cap=0)
    assert "Show what it costs" in anns.get(page(desk)).text


def test_credentials_that_are_renewed_by_themselves_worry_nobody_until_that_fails(
    anns: Client, desk: Desk
) -> None:
    health = InboxHealth.objects.filter(inbox=desk.inbox)
    health.update(expires_at=timezone.now() + timedelta(days=5, hours=1))
    assert "Our access ends soon" not in anns.get(page(desk)).text

    health.update(renew_problem="No answer.")
    told = anns.get(page(desk)).text
    assert "could not renew its access: No answer." in told
    assert "5 days are left" in told
