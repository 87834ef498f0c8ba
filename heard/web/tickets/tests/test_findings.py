"""What the gate says of a text, by keyboard: found in it, mended, answered for, put aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from heard.checks.levels import Level
from heard.people.wording import change_wording
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from heard.workspaces.wording import Rules, WantedPhrase
from tests.cast import Network, a_ticket, an_inbox
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints
from tests.visitors import signed_in

NARROW = ViewportSize(width=360, height=740)
LONG = "Hello Jana,\n\n" + "Your parcel is on its way to you. " * 24


@pytest.fixture
def page(browser: Browser, site: str, bea: Agent) -> Iterator[Page]:
    rules = Rules(
        phrases=[
            WantedPhrase("cheap", "good value", "It sounds poor."),
            WantedPhrase("however", forbidden=False),
        ],
        levels={"style": Level.OFF, "spelling": Level.OFF},
    )
    change_wording(bea.workspace, rules, by=bea, now=timezone.now())
    network = Network(an_inbox(bea.workspace), timezone.now() - timedelta(hours=1))
    ticket = a_ticket(network, said="Where is my parcel?")
    context = browser.new_context(base_url=site, viewport=ViewportSize(width=1440, height=900))
    session = signed_in(bea).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    opened = context.new_page()
    opened.goto(f"/tickets/{ticket.number}")
    yield opened
    context.close()


def test_findings_are_marked_mended_and_answered_for_by_keyboard(page: Page) -> None:
    with no_complaints(page):
        page.keyboard.press("r")
        page.keyboard.insert_text(
            f"{LONG}It was 😀 a cheap one, however.\nWrite to bea@example.org or {{name}}"
        )
        expect(page.locator("#panel-public .finding")).to_have_count(4)
        assert marked(page) == ["cheap", "however", "bea@example.org", "{name}"]
        assert fit(page, "findings") == []
        assert fit_in_the_dark(page, "findings") == []
        assert lies_on_the_text(page)
        page.set_viewport_size(NARROW)
        assert in_width(page, "findings-narrow") == []
        assert lies_on_the_text(page)

        # What is typed before a mark moves it, until the server has looked again.
        page.keyboard.press("Control+Home")
        page.keyboard.type("Yes. ")
        assert "cheap" in marked(page)
        mend = page.get_by_role("button", name="Mend: good value")
        for _ in range(4):
            if mend.evaluate("(one) => one === document.activeElement"):
                break
            page.keyboard.press("F8")
        page.keyboard.press("Enter")
        text = page.locator("#text-public")
        expect(text).to_be_focused()
        expect(text).to_have_value(
            f"Yes. {LONG}It was 😀 a good value one, however.\nWrite to bea@example.org or {{name}}"
        )
        expect(page.locator("#panel-public .finding")).to_have_count(3)
        page.keyboard.press("Control+z")
        expect(page.locator("#panel-public .finding")).to_have_count(4)
        page.keyboard.press("Control+y")

        page.keyboard.press("Alt+ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator(".finding-hint")).to_be_hidden()
        for code in ("personal.email", "blanks.unfilled"):
            page.locator(f'#panel-public [data-finding="{code}"] input').check()
        page.keyboard.press("Escape")
        assert text.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)") == "{name}"
        page.keyboard.press("Control+Enter")
        expect(page.locator("#timeline")).to_contain_text("although the check said")
    assert "good value" in Message.objects.get(direction="out").text


def marked(page: Page) -> list[str]:
    expect(page.locator("#panel-public .panel-marks .mark").first).to_be_attached()
    return page.locator("#panel-public .panel-marks .mark").all_inner_texts()


def lies_on_the_text(page: Page) -> bool:
    """The copy with the marks has the same lines as the text: both are as high and scroll as far."""
    return bool(
        page.evaluate(
            """() => {
              const text = document.querySelector("#text-public");
              const marks = text.previousElementSibling;
              const [one, other] = [text, marks].map((box) => getComputedStyle(box));
              const same = ["fontSize", "lineHeight", "letterSpacing", "paddingLeft", "paddingTop"];
              return same.every((name) => one[name] === other[name])
                && Math.abs(text.scrollHeight - marks.scrollHeight) <= 1
                && text.scrollTop === marks.scrollTop;
            }"""
        )
    )
