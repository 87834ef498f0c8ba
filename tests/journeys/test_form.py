"""A customer reports a problem in a frame on the shop's own page, and by hand without a script at 320 pixels."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_httpserver import HTTPServer

from heard.forms.tests.conftest import an_incident_form
from heard.ingest.take_in import take_in
from heard.publishing.tests.paper import a_png
from heard.tickets.models import Attachment, Message, Ticket
from heard.tickets.numbers import public_number
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, a_workspace, an_agent, an_inbox
from tests.journeys.conftest import Open
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints

PNG = a_png()


@pytest.fixture
def ann(site: str) -> Agent:
    cache.clear()
    return an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)


@contextlib.contextmanager
def visitor(browser: Browser, **options: object) -> Iterator[Page]:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def test_a_form_on_the_page_of_a_shop(
    site: str, ann: Agent, browser: Browser, httpserver: HTTPServer, tmp_path: Path
) -> None:
    shop = httpserver.url_for("").rstrip("/")
    form = an_incident_form(ann, allowed_domains=[shop])
    line = f'<script src="{site}/f/{form.key}/embed.js" data-order="A-77" async></script>'
    page_of_shop = f"<!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1>{line}</main></html>"
    httpserver.expect_request("/help").respond_with_data(page_of_shop, content_type="text/html")
    photo = tmp_path / "cup.png"
    photo.write_bytes(PNG)
    broken: list[str] = []
    with visitor(browser, reduced_motion="reduce") as page:
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(f"{shop}/help")
        frame = page.frame_locator("iframe")
        expect(frame.get_by_label("Order number")).to_be_hidden()
        frame.get_by_label("What is wrong?").select_option("damaged")
        expect(frame.get_by_label("Order number")).to_have_value("A-77")
        frame.get_by_label("What happened?").fill("The cup is in pieces.")
        frame.get_by_label("Photo or screenshot").set_input_files(photo)
        frame.get_by_label("E-mail address").fill("dana")
        page.wait_for_timeout(2100)  # whoever is quicker than that is taken for a machine
        frame.get_by_role("button", name="Send").click()
        expect(frame.get_by_role("alert")).to_be_focused()
        expect(frame.get_by_text("cup.png", exact=True).first).to_be_visible()
        frame.get_by_role("link", name="E-mail address").click()
        expect(frame.get_by_label("E-mail address")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("dana@example.com")
        frame.get_by_label("You may use").check()
        frame.get_by_role("button", name="Send").click()
        expect(frame.get_by_role("heading", name="We have it")).to_be_visible()
        take_in(now=timezone.now())
        ticket = Ticket.objects.get(inbox=form.inbox)
        number = public_number(ann.workspace, ticket.number)
        expect(frame.get_by_text(number)).to_be_visible(timeout=15_000)
        expect(page.locator("iframe")).to_have_css("height", re.compile(r"^[3-6]\d\d(\.\d+)?px"))
        dark = page.frames[1].evaluate("getComputedStyle(document.documentElement).colorScheme")
        assert dark == "light"  # as the page around it
    message = Message.objects.get(ticket=ticket)
    assert broken == []
    assert "Order number: A-77" in message.text
    assert Attachment.objects.get(message=message).state == "stored"


def test_a_form_without_a_script_on_the_smallest_phone(site: str, ann: Agent, browser: Browser) -> None:
    form = an_incident_form(ann)
    small = {"width": 320, "height": 640}
    with visitor(browser, viewport=small, java_script_enabled=False, base_url=site, locale="el") as page:
        page.goto(f"/f/{form.key}?lang=en")
        expect(page.get_by_text("Only if:")).to_be_visible()
        page.get_by_label("What is wrong?").select_option("other")
        page.get_by_label("If it is something else").fill("The bag")
        page.get_by_label("What happened?").fill("It tore.")
        page.get_by_label("E-mail address").fill("dana@example.com")
        page.get_by_label("You may use").check()
        page.wait_for_timeout(2100)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Your number")).to_be_visible()
        take_in(now=timezone.now())
        number = public_number(ann.workspace, Ticket.objects.get(inbox=form.inbox).number)
        expect(page.get_by_text(number)).to_be_visible(timeout=15_000)  # the page looks again by itself


def test_every_page_of_forms_is_fit_to_be_seen(
    site: str, ann: Agent, browser: Browser, browser_of: Open
) -> None:
    form = an_incident_form(ann)
    wrong = []
    with visitor(browser, viewport={"width": 320, "height": 640}, base_url=site) as page, no_complaints(page):
        page.goto(f"/f/{form.key}?lang=el")
        wrong += fit(page, "form-320") + fit_in_the_dark(page, "form-320")
        page.set_viewport_size({"width": 1280, "height": 800})
        wrong += fit(page, "form-wide")
    with visitor(browser, viewport={"width": 320, "height": 640}, base_url=site) as page:
        page.goto(f"/f/{form.key}")
        page.get_by_label("What is wrong?").select_option("damaged")
        order, since = page.get_by_label("Order number"), page.get_by_label("Since when?")
        order.fill("A-77")
        page.get_by_label("E-mail address").fill("dana")
        since.press_sequentially("02")  # half a date would be sent as none at all
        page.get_by_role("button", name="Send").click()
        expect(since).to_be_focused()
        since.fill("2026-02-28")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("alert")).to_be_visible()
        wrong += fit(page, "form-wrong") + fit_in_the_dark(page, "form-wrong")
        page.go_back()
        expect(order).to_have_value("A-77")
    desk = browser_of(ann, "/settings/forms", reduced_motion="reduce")
    field = form.fields.get(key="order")
    places = {
        "forms": "/settings/forms",
        "forms-add": "/settings/forms/add",
        "form-edit": f"/settings/forms/{form.pk}",
        "form-words": f"/settings/forms/{form.pk}/words",
        "form-question": f"/settings/forms/{form.pk}/questions/{field.pk}",
        "issues": "/settings/issues",
        "issue": "/settings/issues/add",
        "others": "/settings/issues/others",
    }
    with no_complaints(desk):
        for name, path in places.items():
            desk.set_viewport_size({"width": 360, "height": 800})
            desk.goto(path)
            wrong += in_width(desk, f"{name}-360")
            desk.set_viewport_size({"width": 1440, "height": 800})
            wrong += fit(desk, name) + fit_in_the_dark(desk, name)
    assert not wrong, "\n".join(wrong)


def test_an_agent_puts_the_link_of_a_form_into_an_answer(ann: Agent, browser_of: Open) -> None:
    form = an_incident_form(ann)
    messenger = Network(an_inbox(ann.workspace, "messenger"), now=timezone.now() - timedelta(hours=1))
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    page = browser_of(ann, f"/tickets/{ticket.number}?mode=private")
    with no_complaints(page):
        text = page.locator("#text-private")
        text.fill("Please tell us more:")
        page.locator("#panel-private").get_by_title("Send a form").click()
        page.get_by_role("link", name="Report a problem").click()
        expect(text).to_have_value(
            re.compile(rf"^Please tell us more: http\S+/f/{form.key}\?lang=en&t=\S+ $")
        )
        expect(text).to_be_focused()
