"""The approved templates of an inbox, on its page."""

from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.registry import channel
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxTemplate
from heard.workspaces.models import Agent
from tests.cast import NOON, SECRETS, a_template, an_agent, an_inbox
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
BODY = {"type": "BODY", "text": "Hello {{1}}", "example": {"body_text": [["Ana"]]}}


@pytest.fixture
def number(ann: Agent) -> Inbox:
    return an_inbox(ann.workspace, "whatsapp", "106540352242922")


def test_the_button_fetches_them_anew(number: Inbox, ann: Agent, httpserver: HTTPServer) -> None:
    a_template(number, "Gone")
    given = {"account": number.account, **SECRETS, "base_url": httpserver.url_for("/v26.0")}
    store_credentials(number, channel("whatsapp").credentials.model_validate(given), now=NOON)
    told = {"name": "hello", "language": "en", "status": "APPROVED", "components": [BODY]}
    path = f"/v26.0/{SECRETS['business_account']}/message_templates"
    httpserver.expect_request(path).respond_with_json({"data": [told]})
    browser = signed_in(ann)

    page = browser.post(f"/settings/inboxes/{number.pk}/templates", follow=True).text

    assert "1 template is approved." in page
    assert "Hello {{1}}" in page
    assert [row.name for row in InboxTemplate.objects.all()] == ["hello"]


def test_a_network_that_does_not_answer_costs_none_of_them(number: Inbox, ann: Agent) -> None:
    a_template(number, "Still there")

    page = signed_in(ann).post(f"/settings/inboxes/{number.pk}/templates", follow=True).text

    assert "The templates could not be fetched" in page
    assert "Still there" in page


def test_agents_see_them_and_cannot_fetch(number: Inbox) -> None:
    a_template(number, "Hello")
    browser = signed_in(an_agent(number.workspace, "Bea"))
    page = browser.get(f"/settings/inboxes/{number.pk}").text
    assert "Hello" in page
    assert "Fetch them anew" not in page
    assert browser.post(f"/settings/inboxes/{number.pk}/templates").status_code == 403
