from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from heard.web import errors
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


@pytest.fixture
def ann() -> Agent:
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


def test_a_wrong_address_says_what_it_may_be(ann: Agent) -> None:
    page = signed_in(ann).get("/nothing/here")

    assert page.status_code == 404
    assert "belongs to another workspace" in page.text


def test_a_forged_or_stale_form_changes_nothing_and_gives_the_text_back(ann: Agent) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann.user)

    page = browser.post("/settings", {"text": "A long answer", "password": "do not show"})

    assert page.status_code == 403
    assert "A long answer" in page.text
    assert "do not show" not in page.text


def test_a_broken_page_asks_the_database_nothing(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        page = errors.crashed(RequestFactory().get("/"))

    assert page.status_code == 500
    assert "It is our fault" in page.content.decode()


def test_a_database_that_is_away_is_said_and_tried_again() -> None:
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        page = errors.crashed(RequestFactory().get("/"))

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "10"
    assert "cannot reach its database" in page.content.decode()


def test_a_host_that_is_not_ours_is_refused_with_words() -> None:
    page = Client().get("/settings", headers={"host": "evil.example"})

    assert page.status_code == 400
    assert "HEARD_PUBLIC_URL" in page.text
