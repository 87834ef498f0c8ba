"""An answer from a saved reply without touching the mouse."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from heard.replies.facts import Facts
from heard.replies.models import ReplyUse, SavedReply
from heard.replies.ways import Way
from heard.replies.write import Wanted, add
from heard.replies.write_macro import Deeds, make_macro
from heard.tickets.models import Message, State
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_agent, reloaded
from tests.journeys.conftest import Open
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints

PRIVATE, PUBLIC = Way("en", "formal", "private"), Way("en", "informal", "public")
STATUS = {
    PRIVATE: "Your order {order_number} comes in {delivery_days, plural, one {# day} other {# days}}. "
    "Any question goes to {email}.",
    PUBLIC: "It is on its way.",
    Way("el", "formal", "private"): "Η παραγγελία {order_number} έρχεται σε {delivery_days}.",
}


def a_reply(by: Agent, title: str, texts: dict[Way, str], **facts: Any) -> SavedReply:
    return add(Wanted(facts=Facts(titles={"en": title}, **facts), texts=texts), by=by, now=timezone.now())


@pytest.fixture
def shelf(bea: Agent) -> SavedReply:
    a_reply(bea, "Good day", {PRIVATE: "Good day,"}, block="greeting")
    a_reply(bea, "Opening hours", {PRIVATE: "We are here from nine."})
    return a_reply(bea, "Order status", STATUS, shortcut="status", tags=["delivery"])


def test_a_saved_reply_is_picked_filled_in_mended_and_sent_by_keys_alone(
    bea: Agent, messenger: Network, shelf: SavedReply, browser_of: Open
) -> None:
    first = a_ticket(messenger, said="Where is my parcel?", by="Jana", direct=True)
    second = a_ticket(messenger, said="And mine?", by="Dana", direct=True)
    page = browser_of(bea, f"/tickets/{first.number}")
    picker, text, keys = page.locator("#picker"), page.locator("#text-private"), page.keyboard
    with no_complaints(page):
        keys.press("p")
        keys.type("Hello, it is 5/6. ")
        keys.press("/")
        expect(picker.get_by_role("group", name="Fits this message")).to_contain_text("Order status")
        keys.press("Escape")
        expect(picker).to_be_hidden()
        expect(text).to_be_focused()
        expect(text).to_have_value("Hello, it is 5/6. ")
        keys.press("/")
        expect(picker).to_be_visible()
        keys.press("/")
        expect(text).to_have_value("Hello, it is 5/6. /")
        keys.press("Backspace")

        keys.press("/")
        keys.type("good")
        expect(picker.locator(".picker-row")).to_have_count(1)
        keys.press("Enter")
        expect(text).to_have_value("Hello, it is 5/6.\n\nGood day,")
        keys.press("Control+z")
        expect(text).to_have_value("Hello, it is 5/6. ")
        keys.press("Control+Shift+z")
        expect(text).to_have_value("Hello, it is 5/6.\n\nGood day,")

        keys.press("Control+/")
        keys.type("statu")
        expect(picker.locator("[aria-selected=true]")).to_contain_text("English, formal.")
        expect(page.locator("#picker-preview")).to_contain_text("3 blanks to fill in")
        keys.press("Enter")
        expect(picker.get_by_label("Order number")).to_be_focused()
        keys.type("A-77")
        keys.press("Tab")
        keys.type("2")
        expect(picker.locator(".picker-filled")).to_contain_text("Your order A-77 comes in 2 days.")
        keys.press("Enter")
        expect(picker).to_be_hidden()
        expect(text).to_have_value(
            re.compile(r"Good day,\n\nYour order A-77 comes in 2 days\. .* \{email\}\.$")
        )

        # The blank that was left empty is chosen, and typed over.
        keys.type("help@acme.example")
        keys.press("End")
        keys.type(" Sorry!!!")
        mend = page.locator("#findings-private").get_by_role("button", name="Mend")
        expect(mend).to_be_visible()
        keys.press("F8")
        expect(mend).to_be_focused()
        keys.press("Enter")
        expect(text).to_have_value(re.compile(r"help@acme\.example\. Sorry!$"))
        text.focus()
        keys.press("Control+Enter")
        expect(page).to_have_title(f"#{second.number} Dana · Heard")

        keys.press("n")
        keys.press("/")
        keys.type("opening")
        expect(picker.locator(".picker-row")).to_have_count(1)
        keys.press("Enter")
        expect(page.locator("#text-note")).to_have_value("We are here from nine.")
    sent = Message.objects.get(ticket=first, direction=Message.Direction.OUT)
    assert sent.text.startswith("Hello, it is 5/6.\n\nGood day,\n\nYour order A-77 comes in 2 days.")
    assert ReplyUse.objects.filter(message=sent).count() == 2


def test_blanks_are_jumped_to_and_a_macro_waits_for_them(
    bea: Agent, messenger: Network, shelf: SavedReply, browser_of: Open
) -> None:
    ann = an_agent(bea.workspace, "Ann", Agent.Role.ADMIN)
    deeds = Deeds(
        name="Tell the status", key="t", reply=shelf, sends=True, tags=["told"], resolution="solved"
    )
    make_macro(bea.workspace, deeds, by=ann, now=timezone.now())
    make_macro(bea.workspace, Deeds(name="Mine", key="m", assigns_me=True), by=ann, now=timezone.now())
    ticket = a_ticket(messenger, said="Where is my parcel?", by="Jana", direct=True)
    page = browser_of(bea, f"/tickets/{ticket.number}", reduced_motion="reduce")
    picker, text, keys = page.locator("#picker"), page.locator("#text-private"), page.keyboard
    macros = page.get_by_role("dialog", name="Macros")
    chosen = "(text) => text.value.slice(text.selectionStart, text.selectionEnd)"
    wrong = []
    with no_complaints(page):
        for key in "mm":
            keys.press(key)
        # The stream may tell of it before the menu's own answer is here, and closes it.
        expect(page.locator("#timeline")).to_contain_text("Bea ran the macro “Mine”")
        expect(macros).to_be_hidden()

        keys.press("m")
        expect(macros).to_be_visible()
        wrong += fit(page, "macros-menu")
        keys.press("t")
        expect(text).to_have_value(re.compile(r"\{order_number\}.*\{delivery_days\} days"))
        expect(page.locator(".after-sending")).to_contain_text("the macro “Tell the status” does the rest")
        expect(text).to_be_focused()
        assert text.evaluate(chosen) == "{order_number}"
        keys.press("Tab")
        assert text.evaluate(chosen) == "{delivery_days}"
        keys.press("Shift+Tab")
        assert text.evaluate(chosen) == "{order_number}"
        for typed in ("A-7", "2", "help@acme.example"):
            keys.type(typed)
            keys.press("Tab")
        expect(text).not_to_be_focused()
        wrong += fit(page, "macro-waits")

        text.fill("")
        text.focus()
        for width, height in ((1440, 900), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            keys.press("Control+/")
            expect(picker.locator(".picker-row").first).to_be_visible()
            wrong += [*fit(page, f"picker-{width}"), *fit_in_the_dark(page, f"picker-{width}")]
            picker.get_by_label("Language").focus()
            keys.type("Gree")
            expect(picker.locator(".picker-row", has_text="Order status")).to_contain_text("Greek, formal.")
            expect(picker.get_by_label("Language")).to_be_focused()
            picker.locator(".picker-row", has_text="Order status").click()
            expect(picker.get_by_label("Days until delivery")).to_be_visible()
            wrong += [*fit(page, f"blanks-{width}"), *in_width(page, f"blanks-{width}")]
            keys.press("Escape")
            expect(picker.get_by_role("combobox", name="Saved reply")).to_be_focused()
            keys.press("Escape")
            expect(text).to_be_focused()
        text.fill("It comes tomorrow.")
        keys.press("Control+Enter")
        expect(page.locator("heard-toast")).to_contain_text("Private reply to Jana")
    ticket = reloaded(ticket)
    assert (ticket.state, ticket.tags, ticket.assignee) == (State.RESOLVED, ["told"], bea)
    assert wrong == []


def test_macros_are_made_on_pages_that_are_fit_to_be_seen(
    bea: Agent, shelf: SavedReply, browser_of: Open
) -> None:
    ann = an_agent(bea.workspace, "Ann", Agent.Role.ADMIN)
    page = browser_of(ann, "/replies/macros/new", reduced_motion="reduce")
    wrong = fit(page, "macro-new")
    page.get_by_label("Name").fill("Tell the status")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This macro does nothing yet.")).to_be_visible()
    page.get_by_label("Letter").fill("t")
    page.get_by_label("Saved reply").select_option("Order status")
    page.get_by_label("Assign to").select_option("Whoever runs it")
    page.get_by_label("Tags").fill("told, late")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Puts “Order status” into the composer")).to_be_visible()
    wrong += [*fit(page, "macros"), *fit_in_the_dark(page, "macros")]
    page.set_viewport_size({"width": 360, "height": 740})
    wrong += in_width(page, "macros-narrow")
    page.get_by_role("link", name="Change Tell the status").click()
    expect(page.get_by_role("button", name="Remove the macro")).to_be_visible()
    wrong += [*in_width(page, "macro-narrow"), *fit_in_the_dark(page, "macro-narrow")]
    page.get_by_role("button", name="Remove the macro").click()
    expect(page.get_by_text("There are no macros yet.")).to_be_visible()
    assert wrong == []
