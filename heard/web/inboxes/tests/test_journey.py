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
        wrong += fit(page, "link")
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
        print(page.url, page.content()[:6000])

    assert {inbox.state for inbox in Inbox.objects.all()} == {"connected"}
    assert wrong == []
