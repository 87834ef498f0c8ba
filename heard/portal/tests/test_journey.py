"""A customer's way through the pages: on the smallest phone, without a script, then as axe sees them."""

from __future__ import annotations

from django.utils import timezone
from playwright.sync_api import Browser, expect

from heard.confirming.confirm import confirm_next
from heard.confirming.models import ConfirmingInbox
from heard.tickets.models import Message, Ticket
from heard.tickets.reply import reply
from tests.cast import Network, a_workspace, an_agent, an_inbox, reloaded
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints

SMALLEST = {"width": 320, "height": 640}


def an_answered_ticket() -> tuple[Ticket, str]:
    """And the address that its confirmation names."""
    bea = an_agent(a_workspace("Acme Παπούτσια"), "Bea")
    messenger = Network(an_inbox(bea.workspace, "messenger"), now=timezone.now())
    ConfirmingInbox.objects.create(inbox=messenger.inbox, workspace=bea.workspace, on=True)
    ticket = messenger.ticket(messenger.direct("Where is my parcel? It was " + "very" * 30 + " important."))
    confirm_next(now=messenger.tick())
    told = Message.objects.get(automatic=True)
    answer = reply(ticket, text="It is on its way.\n\nBea", by=bea, now=messenger.tick())
    Message.objects.filter(pk=answer.pk).update(delivery="delivered")
    link = next(word for word in told.text.split() if "/t/" in word)
    return ticket, link[link.index("/t/") :]


def test_a_customer_without_scripts_follows_the_link_writes_and_says_thank_you(
    site: str, browser: Browser
) -> None:
    ticket, link = an_answered_ticket()
    context = browser.new_context(base_url=site, viewport=SMALLEST, java_script_enabled=False, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)

    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your ticket HRD-")
    expect(page.get_by_text("It is on its way.")).to_be_visible()
    page.get_by_label("Add something").fill("It has come, but it is broken")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("We have it.")
    expect(page.get_by_text("It has come, but it is broken")).to_be_visible()
    assert reloaded(ticket).is_open
    page.get_by_role("link", name="Čeština").click()
    expect(page.locator("html")).to_have_attribute("lang", "cs")
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="It is solved, thank you").click()
    expect(page.get_by_role("heading", name="This is done.")).to_be_visible()
    assert reloaded(ticket).resolution == "solved"
    page.goto("/t")
    page.get_by_label("Number of your ticket").fill("HRD-1-K7")
    page.get_by_label("Your e-mail address").fill("jana@acme.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look at your messages")).to_be_visible()
    context.close()


def test_axe_finds_nothing_and_nothing_is_cut(site: str, browser: Browser) -> None:
    _ticket, link = an_answered_ticket()
    context = browser.new_context(base_url=site, viewport=SMALLEST)  # type: ignore[arg-type]
    page = context.new_page()
    wrong = []
    with no_complaints(page):
        for name, address in (("ticket", link), ("ask", "/t"), ("open", "/t/open/none")):
            page.goto(f"{address}?lang=el")
            wrong += [*fit(page, f"portal-{name}"), *fit_in_the_dark(page, f"portal-{name}")]
            page.set_viewport_size({"width": 1440, "height": 900})
            wrong += in_width(page, f"portal-{name}-wide")
            page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
        page.goto(f"{link}?lang=el")
        page.get_by_role("textbox").fill(" ")
    context.close()
    assert wrong == []
