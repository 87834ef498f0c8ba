"""Two languages on a narrow screen, by keyboard: written in one, sent in another, read in one's own."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Browser, ViewportSize, expect
from pytest_httpserver import HTTPServer

from heard.tickets.models import Message
from heard.translating.bring import bring
from heard.translating.models import Original
from heard.translating.tests.twins import deepl
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox
from tests.looks import fit, fit_in_the_dark, no_complaints
from tests.visitors import signed_in

CZECH = "Dobrý den, kde je můj balík? Zásilka nedorazila."


def test_an_answer_is_written_in_one_language_and_sent_in_another(
    browser: Browser, site: str, ann: Agent, bea: Agent, httpserver: HTTPServer
) -> None:
    network = Network(an_inbox(bea.workspace), timezone.now() - timedelta(hours=1))
    ticket = a_ticket(network, said=CZECH)
    context = browser.new_context(base_url=site, viewport=ViewportSize(width=360, height=740))
    session = signed_in(bea).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    page = context.new_page()

    with deepl(httpserver, ann) as twin:
        with no_complaints(page):
            twin.source = "en"
            page.goto(f"/tickets/{ticket.number}")
            box = page.locator("#text-public")
            expect(box).to_have_attribute("lang", "cs")
            box.fill("It left yesterday.")
            page.locator("#language-public").select_option("en")
            expect(box).to_have_attribute("lang", "en")
            expect(page.locator("#panel-public [data-kept-mark]")).to_have_text("Kept")

            button = page.get_by_role("button", name="Translate into Czech").first
            button.focus()
            page.keyboard.press("Enter")
            expect(box).to_have_value("IT LEFT YESTERDAY.")
            expect(box).to_have_attribute("lang", "cs")
            expect(page.locator("#panel-public .written")).to_contain_text("You wrote in English")
            assert fit(page, "translated-draft") == []
            assert fit_in_the_dark(page, "translated-draft") == []

            page.get_by_role("button", name="Back to what I wrote").click()
            expect(box).to_have_value("It left yesterday.")
            expect(page.locator("#panel-public .written")).to_have_count(0)
            kept: list[str] = []
            page.on("request", lambda asked: kept.append(asked.url) if "/draft" in asked.url else None)
            with page.expect_response("**/translate"):
                button.click()
            assert kept == []  # or it would look like another window's
            expect(box).to_have_value("IT LEFT YESTERDAY.")
            box.press("Control+Enter")
            expect(page.locator(".message-out")).to_contain_text("Bea wrote it in English")
            expect(page.locator(".message-out .message-text").first).to_have_attribute("lang", "cs")

            page.get_by_role("button", name="Translate for me into English").first.click()
            expect(page.locator("#reading")).to_contain_text("Translated into English for you")
            bring(ticket, language="en", now=timezone.now())
            page.reload()
            expect(page.locator(".message-in .beside")).to_contain_text(CZECH.upper())

            page.locator(".language-button").click()
            expect(page.locator("#menu-language")).to_be_visible()
            assert fit(page, "language-menu") == []
            assert fit_in_the_dark(page, "language-menu") == []
            page.locator("#menu-language").get_by_role("button", name="Slovenian").click()
            expect(page.locator(".language-button")).to_contain_text("Slovenian")
            expect(page.locator("#timeline")).to_contain_text("Bea set the language: Slovenian")
            expect(box).to_have_attribute("lang", "sl")

        # The browser itself complains of an answer like that.
        twin.fault = (456, {})
        box.fill("Sorry.")
        page.get_by_role("button", name="Translate into Slovenian").first.click()
        expect(page.locator("#panel-public [data-translate-trouble]")).to_contain_text("used up")
        expect(box).to_have_value("Sorry.")

    context.close()
    sent = Message.objects.get(direction="out")
    assert (sent.language, sent.text) == ("cs", "IT LEFT YESTERDAY.")
    assert Original.objects.get().message_id == sent.pk
