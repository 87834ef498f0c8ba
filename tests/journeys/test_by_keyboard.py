"""A morning at the desk without touching the mouse."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from heard.tickets.models import Delivery, Message, Note, State, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded
from tests.journeys.conftest import Open
from tests.looks import no_complaints


def test_tickets_are_answered_by_keys_alone(bea: Agent, facebook: Network, browser_of: Open) -> None:
    first = a_ticket(facebook, said="Where is my parcel?", by="Jana")
    second = a_ticket(facebook, said="Is it blue?", by="Dana")
    page = browser_of(bea)
    with no_complaints(page):
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page).to_have_title(f"#{first.number} Jana · Heard")

        page.keyboard.press("r")
        page.keyboard.type("It comes tomorrow.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("heard-toast")).to_contain_text("Public reply to Jana")
        expect(page).to_have_title(f"#{second.number} Dana · Heard")
        expect(page.locator(f"#t{first.pk}")).to_have_count(0)

        page.keyboard.press("n")
        page.keyboard.type("Ask the shop")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".message-note")).to_contain_text("Ask the shop")

        page.keyboard.press("a")
        page.keyboard.press("Enter")
        expect(page.locator("#timeline")).to_contain_text("Bea took the ticket")
        expect(page.get_by_role("dialog", name="Assign")).to_be_hidden()  # news may come before the answer

        page.keyboard.press("x")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Nobody waits. Everybody has been answered.")).to_be_visible()

        page.keyboard.press("u")
        expect(page.get_by_text("Choose a ticket to read and answer it.")).to_be_visible()
    reply = Message.objects.get(ticket=first, direction=Message.Direction.OUT)
    assert (reply.text, reply.delivery) == ("It comes tomorrow.", Delivery.QUEUED)
    assert Note.objects.get(ticket=second).text == "Ask the shop"
    assert {ticket.state for ticket in Ticket.objects.all()} == {State.ANSWERED}


def test_a_reply_is_taken_back_with_its_words(bea: Agent, facebook: Network, browser_of: Open) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    page = browser_of(bea, f"/tickets/{ticket.number}")
    page.keyboard.press("r")
    page.keyboard.type("It comes tomorow.")
    page.keyboard.press("Control+Enter")

    page.locator("heard-toast").get_by_role("button", name="Take back").click()

    expect(page.locator("#text-public")).to_have_value("It comes tomorow.")
    expect(page.locator("#timeline")).to_contain_text("Taken back, never sent")
    assert reloaded(ticket).state == State.OPEN


def test_what_must_not_be_public_stops_until_somebody_says_so(
    bea: Agent, facebook: Network, browser_of: Open
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    page = browser_of(bea, f"/tickets/{ticket.number}")
    page.keyboard.press("r")
    page.keyboard.type("Is jana.novak@gmail.com still right?")

    finding = page.locator("#findings-public .finding")
    expect(finding).to_contain_text("jana.novak@gmail.com")
    with page.expect_response("**/reply*"):
        page.keyboard.press("Control+Enter")
    expect(finding).to_be_visible()
    assert not Message.objects.filter(direction=Message.Direction.OUT).exists()
    finding.get_by_role("checkbox").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator("heard-toast")).to_be_visible()
    assert Message.objects.filter(direction=Message.Direction.OUT).count() == 1


def test_the_palette_finds_a_command_a_folder_and_a_ticket(
    bea: Agent, facebook: Network, browser_of: Open
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    page = browser_of(bea, f"/tickets/{ticket.number}")
    palette = page.get_by_role("dialog", name="All commands")

    page.keyboard.press("Control+k")
    page.keyboard.type("snoo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Snooze")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("Control+k")
    page.keyboard.type("resolved")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("folder=resolved"))

    page.keyboard.press("Control+k")
    expect(palette).to_be_visible()
    page.keyboard.type(f"#{ticket.number}")
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"#{ticket.number} Jana · Heard")
    page.wait_for_load_state()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("parcel")
    page.keyboard.press("Enter")
    expect(page.locator(".row")).to_have_count(1)


def test_keys_do_nothing_while_somebody_types(bea: Agent, facebook: Network, browser_of: Open) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    page = browser_of(bea, f"/tickets/{ticket.number}")

    page.keyboard.press("n")
    page.keyboard.type("jkaesx?/ulrp")

    expect(page.locator("#text-note")).to_have_value("jkaesx?/ulrp")
    expect(page.locator(":popover-open, dialog[open]")).to_have_count(0)
