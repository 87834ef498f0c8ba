"""A newcomer connects the practice page in a real browser, by token and by signing in at the network."""

from __future__ import annotations

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from heard.accounts import sign_in_links
from heard.inboxes.models import Inbox
from heard.sandbox.running import Running
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.looks import fit, no_complaints


def test_a_newcomer_connects_by_token_and_by_sign_in(site: str, sandbox: Running, page: Page) -> None:
    ann = an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)
    wrong = []
    with no_complaints(page):
        page.goto(sign_in_links.issue(ann.user, now=timezone.now(), public_url=site))
        page.get_by_role("button", name="Sign in as Ann").click()
        page.wait_for_url("**/tickets**")

        page.goto(f"{site}/settings/inboxes")
        wrong += fit(page, "inboxes-empty")
        page.get_by_role("link", name="Connect Facebook").click()
        wrong += fit(page, "connect")
        page.get_by_role("button", name="Connect the practice page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Acme"))
        wrong += fit(page, "health")

        page.goto(f"{site}/settings/inboxes/connect/messenger")
        page.get_by_role("button", name="Sign in at the practice network").click()
        wrong += fit(page, "leave")
        page.get_by_role("link", name=re.compile("Sign in at")).click()
        page.get_by_role("button", name="Connect").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Which ones shall Heard look after?")
        wrong += fit(page, "choose")
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Connect").click()
        expect(page.get_by_role("heading", name="Inboxes")).to_be_visible()
        expect(page.get_by_text("The network does not tell us")).to_have_count(0)
        wrong += fit(page, "inboxes")

        page.goto(f"{site}/settings/inboxes/{Inbox.objects.get(channel='facebook').pk}/reconnect")
        wrong += fit(page, "reconnect")
        page.get_by_role("button", name="Test and connect again").click()
        expect(page.get_by_text("is connected again")).to_be_visible()

    states = {inbox.channel: inbox.state for inbox in Inbox.objects.all()}
    assert states == {"facebook": "connected", "messenger": "connected"}
    assert wrong == []
