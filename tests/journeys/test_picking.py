"""An answer from a saved reply without touching the mouse."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from heard.replies.facts import Facts
from heard.replies.models import SavedReply
from heard.replies.ways import Way
from heard.replies.write import Wanted, add
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket
from tests.journeys.conftest import Open
from tests.looks import no_complaints

STATUS = {
    Way("en", "formal", "private"): "Your order {order_number} comes in "
    "{delivery_days, plural, one {# day} other {# days}}. Any question goes to {email}.",
    Way("el", "formal", "private"): "Η παραγγελία {order_number} έρχεται σε {delivery_days}.",
    Way("en", "informal", "public"): "It is on its way, {customer.name}.",
}
GREETING = {Way("en", "formal", "private"): "Good day,"}


def a_reply(by: Agent, title: str, texts: dict[Way, str], **facts: object) -> SavedReply:
    wanted = Wanted(facts=Facts(titles={"en": title}, **facts), texts=texts)  # type: ignore[arg-type]
    return add(wanted, by=by, now=timezone.now())


@pytest.fixture
def shelf(bea: Agent) -> SavedReply:
    """Two saved replies that a comment and a message can be answered with, and a greeting."""
    a_reply(bea, "Good day", GREETING, block="greeting")
    a_reply(bea, "Opening hours", {Way("en", "formal", "private"): "We are here from nine."})
    return a_reply(bea, "Order status", STATUS, shortcut="status", tags=["delivery"])


def test_a_saved_reply_is_picked_filled_in_mended_and_sent_by_keys_alone(
    bea: Agent, messenger: Network, shelf: SavedReply, browser_of: Open
) -> None:
    first = a_ticket(messenger, said="Where is my parcel?", by="Jana", direct=True)
    second = a_ticket(messenger, said="And mine?", by="Dana", direct=True)
    page = browser_of(bea, f"/tickets/{first.number}")
    picker, text = page.locator("#picker"), page.locator("#text-private")
    keys = page.keyboard
    with no_complaints(page):
        keys.press("p")
        keys.type("I looked. ")
        keys.press("/")
        expect(picker.get_by_role("group", name="Fits this message")).to_contain_text("Order status")
        keys.press("Escape")
        expect(picker).to_be_hidden()
        expect(text).to_have_value("I looked. ")
        expect(text).to_be_focused()

        keys.press("/")
        keys.type("good")
        expect(picker.locator("[role=option]")).to_have_count(1)
        keys.press("Enter")
        expect(text).to_have_value("I looked.\n\nGood day,")

        keys.press("Control+/")
        keys.type("status")
        expect(picker.locator("[aria-selected=true]")).to_contain_text("English, formal.")
        expect(page.locator("#picker-preview")).to_contain_text("3 blanks to fill in")
        page.screenshot(path="/tmp/pick1.png")
        keys.press("Enter")
        expect(picker.get_by_label("Order number")).to_be_focused()
        keys.type("A-77")
        keys.press("Tab")
        keys.type("2")
        expect(picker.locator(".picker-filled")).to_contain_text("Your order A-77 comes in 2 days.")
        page.screenshot(path="/tmp/pick2.png")
        keys.press("Enter")
        expect(picker).to_be_hidden()
        expect(text).to_have_value(
            "I looked.\n\nGood day,\n\nYour order A-77 comes in 2 days. Any question goes to {email}."
        )
        page.screenshot(path="/tmp/pick3.png")
        keys.press("Control+Enter")
        page.wait_for_timeout(1500)
        page.screenshot(path="/tmp/pick4.png")
