"""Every state of the screen, wide and narrow, light and dark: fit for eyes, ears and fingers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from heard.tickets.assign import assign
from heard.tickets.delivery import mark_sending, mark_unconfirmed
from heard.tickets.models import Ticket
from heard.tickets.note import note
from heard.tickets.reply import reply
from heard.tickets.tag import tag
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox
from tests.journeys.conftest import Open
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints

SIZES = {"wide": (1440, 900), "narrow": (1000, 700), "zoomed": (720, 450), "phone": (360, 740)}
# Between them stands everything that the others show, too.
READ_ALOUD = ("wide", "phone")
SHIFTS = """() => new Promise((told) => {
  const moved = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (value < 0.001 || hadRecentInput) continue;
      moved.push(...sources.map(({ node }) => node?.id || node?.className || node?.nodeName || "gone"));
    }
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(moved), 400);
})"""

SOMETHING_COMES = """() => new Promise((told) => {
  document.addEventListener("htmx:afterSwap", () => requestAnimationFrame(told), { once: true });
  document.dispatchEvent(new Event("heard:stale"));
})"""


@pytest.fixture
def number(bea: Agent, oto: Agent, facebook: Network) -> int:
    """A ticket in which nearly everything has happened."""
    first = facebook.comment("Πού είναι η παραγγελία μου; Περιμένω ήδη δύο εβδομάδες.", by="Πέτρος")
    ticket = facebook.ticket(first)
    assign(ticket, to=bea, by=oto, now=facebook.tick())
    tag(ticket, add=["delivery", "late"], by=bea, now=facebook.tick())
    note(ticket, text="The carrier has lost it.", by=oto, now=facebook.tick())
    message = reply(ticket, text="Λυπούμαστε πολύ.", by=bea, now=facebook.tick(), to=facebook.message(first))
    mark_sending(message)
    mark_unconfirmed(message, reason="The connection broke.", now=facebook.tick())
    facebook.comment("Και εγώ", by="Dana", under=first)
    a_ticket(
        facebook, said="A quite long question that does not fit into a single line of the list", by="Jana"
    )
    return ticket.number


def test_every_page_is_fit_to_be_seen(number: int, bea: Agent, browser_of: Open) -> None:
    page = browser_of(bea, "about:blank", reduced_motion="reduce")
    others = [an_inbox(bea.workspace, "facebook", str(n), colour="#aa3300") for n in (1, 2)]
    two = [others[0].pk, Ticket.objects.get(number=number).inbox_id]
    wrong = []
    with no_complaints(page):
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for name, path in {
                "list": "/tickets",
                "ticket": f"/tickets/{number}",
                "private": f"/tickets/{number}?mode=private",
                "note": f"/tickets/{number}?mode=note",
                "narrowed": f"/tickets?folder=all&inbox={two[0]}&inbox={two[1]}",
                "empty": "/tickets?folder=snoozed",
                "search": "/tickets?q=nothing-is-called-that",
            }.items():
                page.goto(path)
                wrong += [f"{name}: {moved} moves after the first paint" for moved in page.evaluate(SHIFTS)]
                if size in READ_ALOUD:
                    wrong += fit(page, f"{name}-{size}")
                    wrong += fit_in_the_dark(page, f"{name}-{size}")
                else:
                    wrong += in_width(page, f"{name}-{size}")

    assert not wrong, "\n".join(wrong)


def test_everything_that_opens_is_fit_too(number: int, bea: Agent, browser_of: Open) -> None:
    page = browser_of(bea, f"/tickets/{number}", reduced_motion="reduce")
    shown = page.locator(":popover-open, dialog[open]")
    opened_by: dict[str, Callable[[], None]] = {
        "assign": lambda: page.keyboard.press("a"),
        "snooze": lambda: page.keyboard.press("s"),
        "dismiss": lambda: page.keyboard.press("x"),
        "resolve": lambda: page.keyboard.press("e"),
        "other": lambda: page.get_by_role("button", name="More actions").click(),
        "palette": lambda: page.keyboard.press("Control+k"),
        "keys": lambda: page.keyboard.press("?"),
    }
    wrong = []
    for name, opens in opened_by.items():
        opens()
        expect(shown).to_have_count(1)
        wrong += fit(page, f"open-{name}")
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)
    assert wrong == []


def test_what_has_no_room_beside_becomes_a_drawer(number: int, bea: Agent, browser_of: Open) -> None:
    page = browser_of(bea, f"/tickets/{number}", reduced_motion="reduce")
    for width, button in ((1000, "side"), (800, "folders")):
        page.set_viewport_size({"width": width, "height": 700})
        drawer = page.locator(f"#{button}")
        expect(drawer).to_be_hidden()

        page.locator(f".{button}-button").click()

        expect(drawer).to_be_in_viewport(ratio=1)
        page.evaluate(SOMETHING_COMES)  # and the drawer stays
        expect(drawer).to_be_in_viewport(ratio=1)
        # By the page itself: news may change the part between a question and its answer.
        assert page.evaluate("(part) => document.getElementById(part).offsetWidth", button) > 200
        assert fit(page, f"drawer-{button}") == []
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()


def test_on_a_phone_the_list_keeps_its_place(bea: Agent, facebook: Network, browser_of: Open) -> None:
    for position in range(30):
        a_ticket(facebook, said=f"Question {position}", by=f"Person {position}")
    page = browser_of(bea)
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".row").nth(25).scroll_into_view_if_needed()
    before = page.locator("#rows-scroll").evaluate("(list) => list.scrollTop")

    page.locator(".row").nth(25).click()
    expect(page.locator(".ticket")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()

    expect(page.locator(".row").nth(25)).to_be_visible()
    assert page.locator("#rows-scroll").evaluate("(list) => list.scrollTop") == before > 0


def test_it_works_without_scripts(number: int, bea: Agent, browser_of: Open) -> None:
    page = browser_of(bea, f"/tickets/{number}?mode=public", java_script_enabled=False)

    page.locator("#text-public").fill("It comes tomorrow.")
    page.get_by_role("button", name="Reply publicly as Bea").click()

    expect(page.locator(".message-out").last).to_contain_text("It comes tomorrow.")
