"""A reply for later by keyboard on a narrow screen, its card, and the colleague who looks one over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from heard.contacts.models import Contact
from heard.tickets.models import Message, PendingReply
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.review import ask_review
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_agent, an_inbox
from tests.looks import fit, fit_in_the_dark, no_complaints
from tests.visitors import signed_in

NARROW = ViewportSize(width=360, height=740)


def test_a_reply_waits_and_another_is_looked_over(browser: Browser, site: str, bea: Agent) -> None:
    colleague = an_agent(bea.workspace, "Dora")
    inbox = an_inbox(bea.workspace, "facebook", sign_public="^{initials}")
    network = Network(inbox, timezone.now() - timedelta(minutes=5))
    ticket = a_ticket(network, said="Where is my parcel?")
    Contact.objects.filter(pk=ticket.contact_id).update(time_zone="Pacific/Auckland")
    ask_review(ticket, Composed(text="It is lost."), by=colleague, now=timezone.now(), question="Too hard?")
    context = browser.new_context(base_url=site, viewport=NARROW)
    session = signed_in(bea).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    page = context.new_page()

    with no_complaints(page):
        page.goto(f"/tickets/{ticket.number}")
        _write_for_later(page)
        expect(page.locator(".pending", has_text="Goes out")).to_contain_text("On its way.")
        assert fit(page, "pending") == []
        assert fit_in_the_dark(page, "pending") == []
        card = page.locator(".pending", has_text="Dora asks a colleague")
        card.get_by_label("What it says").fill("We look for it.")
        card.get_by_role("button", name="Approve and send as Dora").press("Enter")
        expect(page.locator(".message-out")).to_contain_text("We look for it. ^D")
        expect(page.locator(".pending", has_text="Your reply did not go out")).to_be_visible()

    context.close()
    assert Message.objects.get(direction="out").agent == colleague
    assert PendingReply.objects.get(agent=bea).reason == "answered"


def _write_for_later(page: Page) -> None:
    """The counter knows the signature; the menu opens, is seen, and the first offer is taken by keyboard."""
    page.get_by_label("Reply publicly as Bea").first.fill("On its way.")
    expect(page.locator(".panel-public .signs-line")).to_have_text("^B")
    expect(page.locator(".panel-public [data-counter]")).to_contain_text("14 ")
    page.locator(".panel-public").get_by_title("Send later").press("Enter")
    expect(page.get_by_text("Pacific/Auckland").first).to_be_visible()
    assert fit(page, "later") == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
