from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from heard.accounts import sign_in_links
from heard.accounts.models import SignInLink
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]


def link_for(agent: Agent) -> str:
    link = sign_in_links.issue(agent.user, now=timezone.now(), public_url="http://testserver")
    return link.removeprefix("http://testserver")


def test_opening_a_link_signs_nobody_in(ann: Agent) -> None:
    link, browser = link_for(ann), Client()

    page = browser.get(link)

    assert "Sign in as Ann" in page.text
    assert "_auth_user_id" not in browser.session
    assert SignInLink.objects.get().used_at is None


def test_the_button_signs_in_with_a_new_session(ann: Agent) -> None:
    link, browser = link_for(ann), Client()
    browser.get("/account/login/")
    before = browser.session.session_key

    answer = browser.post(link)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.session["_auth_user_id"] == str(ann.user_id)
    assert browser.session.session_key != before
    assert "Successfully signed in" not in browser.get("/tickets").text


def test_whoever_started_heard_is_signed_in_by_the_link_that_it_printed(
    transactional_db: None, site: str, page: Page
) -> None:
    ann = an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)
    link = sign_in_links.issue(ann.user, now=timezone.now(), public_url=site)

    page.goto(f"{link}#now")

    expect(page).to_have_url(f"{site}/tickets")


def test_a_link_works_once(ann: Agent) -> None:
    link = link_for(ann)
    Client().post(link)

    second = Client().post(link)

    assert second.status_code == 410
    assert "This link no longer works" in second.text
    assert Client().get(link).status_code == 410


def test_a_link_is_over_after_a_day(ann: Agent) -> None:
    link = link_for(ann)

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert Client().post(link).status_code == 410


def test_an_unknown_link_looks_like_a_used_one() -> None:
    assert Client().get("/sign-in/in_nothing").status_code == 410


def test_the_secret_in_the_address_goes_no_further(ann: Agent) -> None:
    assert Client().get(link_for(ann)).headers["Referrer-Policy"] == "strict-origin"


def test_a_link_for_somebody_else_ends_the_session_that_is_there(ann: Agent) -> None:
    bea = an_agent(ann.workspace, "Bea")
    browser = signed_in(ann)

    browser.post(link_for(bea))

    assert browser.session["_auth_user_id"] == str(bea.user_id)
