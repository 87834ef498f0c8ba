"""What others do is on the screen at once, and moves nothing that somebody is about to touch."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from heard.tickets.delivery import mark_sending, mark_sent
from heard.tickets.models import Message
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket
from tests.journeys.conftest import Open


def listening(page: Page) -> Page:
    expect(page.locator("heard-live")).to_have_attribute("data-state", "live")
    return page


def test_a_new_ticket_comes_by_itself(bea: Agent, facebook: Network, browser_of: Open) -> None:
    page = listening(browser_of(bea))

    a_ticket(facebook, said="Where is my parcel?")

    expect(page.locator(".row")).to_contain_text("Where is my parcel?")
    expect(page.locator(".folder[aria-current]")).to_contain_text(re.compile(r"Needs answer\s*1"))


def test_rows_wait_while_the_pointer_is_in_the_list(bea: Agent, facebook: Network, browser_of: Open) -> None:
    a_ticket(facebook, said="Where is my parcel?")
    page = listening(browser_of(bea))
    page.locator(".row").hover()

    a_ticket(facebook, said="Is it blue?", by="Dana")
    a_ticket(facebook, said="How much?", by="Dana")

    pill = page.locator(".new-rows")
    expect(pill).to_have_text("2 new")
    expect(page.locator(".row")).to_have_count(1)
    pill.click()
    expect(page.locator(".row")).to_have_count(3)


def test_the_open_ticket_goes_on_without_disturbing_who_writes(
    bea: Agent, facebook: Network, browser_of: Open
) -> None:
    first = facebook.comment("Where is my parcel?")
    ticket = facebook.ticket(first)
    page = listening(browser_of(bea, f"/tickets/{ticket.number}"))
    page.keyboard.press("r")
    page.keyboard.type("It comes")

    facebook.comment("Hello? Anybody?", under=first)

    expect(page.locator("#timeline")).to_contain_text("Hello? Anybody?")
    page.keyboard.type(" tomorrow.")
    expect(page.locator("#text-public")).to_have_value("It comes tomorrow.")


def test_a_delivery_is_told_as_it_happens(bea: Agent, facebook: Network, browser_of: Open) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    message = reply(ticket, text="It comes tomorrow.", by=bea, now=facebook.tick())
    page = listening(browser_of(bea, f"/tickets/{ticket.number}"))
    expect(page.locator(".message-out")).to_contain_text("Goes out in a moment")

    mark_sending(message)
    # What is changed while it is pressed would swallow the press.
    page.locator(".message-out .message-text").hover()
    page.mouse.down()
    with page.expect_response("**/tickets/fresh?*"):
        mark_sent(message, external_id="comment-of-ours", now=facebook.tick())
    page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    expect(page.locator(".message-out")).not_to_contain_text("Sent")
    page.mouse.up()

    expect(page.locator(".message-out")).to_contain_text("Sent")
    assert Message.objects.get(pk=message.pk).external_id == "comment-of-ours"


def test_colleagues_see_who_looks_and_who_writes(
    bea: Agent, oto: Agent, facebook: Network, browser_of: Open
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    of_oto = listening(browser_of(oto, f"/tickets/{ticket.number}"))
    of_bea = listening(browser_of(bea))
    expect(of_bea.locator(".row-colleague")).to_contain_text("Oto is looking at it")

    of_oto.keyboard.press("r")
    of_oto.keyboard.type("It comes tomorrow.")

    expect(of_bea.locator(".row-colleague")).to_contain_text("Oto is writing")
    of_oto.keyboard.press("Escape")
    of_oto.keyboard.press("u")
    expect(of_bea.locator(".row-colleague")).to_have_count(0)


def test_without_connection_what_is_typed_is_kept(bea: Agent, facebook: Network, browser_of: Open) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    page = listening(browser_of(bea, f"/tickets/{ticket.number}"))
    page.context.set_offline(True)
    expect(page.get_by_text("Not connected. What you write is kept.")).to_be_visible()

    page.keyboard.press("r")
    page.keyboard.type("It comes tomorrow.")
    expect(page.locator("#panel-public [data-kept-mark]")).to_have_text("Kept on this device only")
    page.context.set_offline(False)

    expect(page.get_by_text("Not connected. What you write is kept.")).to_be_hidden()
    expect(page.locator("#panel-public [data-kept-mark]")).to_have_text("Kept")
    page.reload()
    expect(page.locator("#text-public")).to_have_value("It comes tomorrow.")


def test_two_windows_with_one_draft_are_shown_to_their_writer(
    bea: Agent, facebook: Network, browser_of: Open
) -> None:
    ticket = a_ticket(facebook, said="Where is my parcel?")
    one = browser_of(bea, f"/tickets/{ticket.number}")
    two = browser_of(bea, f"/tickets/{ticket.number}")
    one.locator("#text-public").fill("From window one")
    expect(one.locator("#panel-public [data-kept-mark]")).to_have_text("Kept")

    two.locator("#text-public").fill("From window two")

    expect(two.locator("#conflict-public")).to_contain_text("From window one")
    two.get_by_role("button", name="Keep this one").click()
    expect(two.locator("#panel-public [data-kept-mark]")).to_have_text("Kept")
    two.reload()
    expect(two.locator("#text-public")).to_have_value("From window two")
