"""One person on several channels, from the desk: seen, merged, continued elsewhere, called. Fit for eyes and ears."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Route, expect

from heard.contacts.merge import root
from heard.contacts.tests.people import somebody
from heard.tickets.continue_elsewhere import continue_by_email, continue_by_phone
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket
from tests.journeys.conftest import Open
from tests.looks import fit, fit_in_the_dark, no_complaints
from tests.mailbox import a_mailbox, mailboxes

SIZES = {"wide": (1440, 900), "phone": (360, 740)}
FRESH = re.compile(r"/tickets/fresh\?")
NAME = "Παπαδοπούλου-Κωνσταντινοπούλου Αικατερίνη"


def test_one_person_on_several_channels(
    bea: Agent, facebook: Network, messenger: Network, browser_of: Open
) -> None:
    with mailboxes():
        inbox = a_mailbox(bea.workspace)
        ticket = a_ticket(messenger, said="Πού είναι η παραγγελία μου;", by=NAME, direct=True)
        other = somebody(facebook, NAME)
        now = timezone.now()
        continue_by_phone(
            ticket,
            number="+306912345678",
            at=now + timedelta(hours=2),
            note="Για τον λογαριασμό",
            by=bea,
            now=now,
        )
        continue_by_email(ticket, address="katerina@example.gr", inbox=inbox, by=bea, now=now)
        page = browser_of(bea, reduced_motion="reduce")
        wrong: list[str] = []
        with no_complaints(page):
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                for name, path in {
                    "contact": f"/contacts/{ticket.contact_id}?q=Παπα",
                    "call": f"/calls/new?ticket={ticket.number}",
                    "continued": f"/tickets/{ticket.number}?mode=private",
                    "call-backs": "/tickets?folder=call-backs",
                }.items():
                    page.goto(path)
                    if name == "continued":
                        expect(page.locator("#person section").first).to_be_attached()
                    wrong += fit(page, f"people-{name}-{size}")
                    wrong += fit_in_the_dark(page, f"people-{name}-{size}")
            assert not wrong, "\n".join(wrong)

            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(f"/tickets/{ticket.number}")
            beside = page.locator("#person")
            expect(beside.get_by_text("The same person?")).to_be_visible()
            beside.get_by_role("button", name=f"Merge {NAME} into {NAME}").first.press("Enter")
            expect(beside.get_by_text("Merged from")).to_be_visible()
            expect(beside.locator(".said")).to_have_count(2)
            late: list[Route] = []
            page.route(FRESH, lambda route: route.continue_() if late else late.append(route))
            with page.expect_request(FRESH):
                beside.get_by_role("button", name="Undo").press("Enter")
            expect(beside.get_by_text("The same person?")).to_be_visible()

            page.locator("#tab-private").click()
            page.get_by_role("link", name="By e-mail to katerina@example.gr").click()
            text = page.locator("#text-private")
            expect(text).not_to_have_value("")
            with page.expect_response(lambda answer: "/fresh?" in answer.url and "via=" in answer.url):
                late[0].continue_()  # asked before the way was chosen: its answer undoes no choice
            expect(page.locator("#way-private input[name=via]")).to_have_count(1)
            text.fill("Στείλτε μας την απόδειξη.")
            page.locator("#send-private").click()
            expect(page.get_by_text("Private reply to")).to_be_visible()
    sent = Message.objects.get(direction="out", kind="email")
    assert (sent.inbox, sent.ticket) == (inbox, ticket)
    assert root(other) == other
