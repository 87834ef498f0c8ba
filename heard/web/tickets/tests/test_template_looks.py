"""An approved template by keyboard on a narrow screen: chosen, filled in, seen, sent."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Browser, ViewportSize, expect

from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests.cast import Network, a_template, a_ticket, an_inbox
from tests.looks import fit, fit_in_the_dark, no_complaints
from tests.visitors import signed_in

NARROW = ViewportSize(width=360, height=740)


def test_a_template_is_chosen_filled_in_seen_and_sent(browser: Browser, site: str, bea: Agent) -> None:
    inbox = an_inbox(bea.workspace, "whatsapp", "106540352242922")
    row = a_template(inbox, "Hello {{1}}, your parcel comes on {{2}}.", names=["customer_name", "day"])
    network = Network(inbox, timezone.now() - timedelta(days=2))
    ticket = a_ticket(network, said="Where is my parcel?", by="Ana", direct=True)
    context = browser.new_context(base_url=site, viewport=NARROW)
    session = signed_in(bea).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    page = context.new_page()

    with no_complaints(page):
        page.goto(f"/tickets/{ticket.number}")
        page.get_by_label("Template", exact=True).select_option(str(row.pk))
        page.get_by_label("Customer name").fill("Ana")
        page.keyboard.press("Tab")
        page.keyboard.type("Monday")
        expect(page.locator(".template-text")).to_have_text("Hello Ana, your parcel comes on Monday.")
        assert fit(page, "template") == []
        assert fit_in_the_dark(page, "template") == []
        # Sent before the preview of the last words was asked for: neither may stop the other.
        page.keyboard.type("s")
        page.keyboard.press("Enter")
        expect(page.locator(".message-out")).to_contain_text("Hello Ana, your parcel comes on Mondays.")

    context.close()
    sent = Message.objects.get(direction="out").template
    assert sent
    assert sent["filled"] == ["Ana", "Mondays"]
