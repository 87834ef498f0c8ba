"""Both sides in real browsers: the admin dresses the window, and an agent and a visitor see each other type."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from heard.channels.registry import channel
from heard.chat.models import Widget
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.sandbox.running import Running
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import until
from tests.journeys.conftest import Open
from tests.journeys.conftest import browser_of as browser_of
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints


@pytest.fixture
def zoe(site: str) -> Agent:
    return an_agent(a_workspace(), "Zoe Long", Agent.Role.ADMIN)


@pytest.fixture
def window(zoe: Agent, sandbox: Running, site: str) -> Inbox:
    credentials = channel("chat").credentials.model_validate(sandbox.credentials("chat"))
    return connect(
        zoe.workspace, slug="chat", credentials=credentials, by=zoe, now=timezone.now(), public_url=site
    )


def test_the_window_is_dressed_and_seen_at_once(zoe: Agent, window: Inbox, browser_of: Open) -> None:
    page = browser_of(zoe, "/settings")
    with no_complaints(page):
        page.goto(f"/settings/inboxes/{window.pk}/chat")
        expect(page.get_by_role("dialog").get_by_role("heading", name="Chat with us")).to_be_visible()
        assert fit(page, "chat-settings") == []
        assert fit_in_the_dark(page, "chat-settings") == []
        page.get_by_text("English", exact=True).click()
        page.locator("#id_title_en").fill("Ask the shop")
        expect(page.get_by_role("dialog").get_by_role("heading", name="Ask the shop")).to_be_visible()
        page.locator("#id_colour").fill("#ffee00")
        expect(page.get_by_text("On a white page this colour is hard to see.")).to_be_visible()
        page.locator("#id_opens_0").fill("09:00")
        page.locator("#id_closes_0").fill("17:00")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.set_viewport_size({"width": 360, "height": 740})
        assert in_width(page, "chat-settings-360") == []
    assert Widget.objects.get(inbox=window).texts == {"en": {"title": "Ask the shop"}}


def test_an_agent_and_a_visitor_see_each_other_type(
    zoe: Agent, window: Inbox, sandbox: Running, browser_of: Open
) -> None:
    shop = browser_of(zoe, f"{sandbox.url}/shop/green")  # a browser is a browser
    shop.get_by_role("button", name="Open the chat").click()
    words = shop.get_by_role("textbox", name="Write a message")
    words.fill("Hello?")
    words.press("Enter")
    until(lambda: calls.take_all(now=timezone.now()) or Message.objects.exists())

    number = Message.objects.get().ticket.number
    desk = browser_of(zoe, f"/tickets/{number}")
    expect(desk.get_by_role("link", name=re.compile("The green one"))).to_be_visible()
    expect(desk.get_by_text("There now")).to_be_visible()
    assert fit(desk, "chat-ticket") == []
    words.press_sequentially("And")
    expect(desk.get_by_text(re.compile(r"Visitor \d{4} is writing")).first).to_be_visible()

    desk.get_by_role("tab", name="Note").click()
    desk.locator("#text-note").press_sequentially("Who is this?")
    expect(desk.get_by_text("Not kept")).to_have_count(0)
    expect(shop.get_by_text("Zoe is writing")).to_have_count(0)
    desk.locator("#tab-private").click()
    desk.locator("#text-private").press_sequentially("Hel")
    expect(shop.get_by_text("Zoe is writing")).to_be_visible(timeout=15_000)

    shop.goto("about:blank")
    expect(desk.get_by_text("Not there now")).to_be_visible()
