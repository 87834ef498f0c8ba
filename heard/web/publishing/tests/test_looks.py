"""The pages of posts as people see them: wide and narrow, light and dark; by keyboard and while typing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from heard.inboxes.models import Inbox
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.pictures import add_picture
from heard.publishing.schedule import schedule
from heard.publishing.tests.paper import a_plan, a_png
from heard.workspaces.models import Agent, Workspace
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints
from tests.visitors import signed_in

WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=360, height=740)
Open = Callable[..., Page]
WORDS = "On Sunday we open at nine. Bring the children, there is juice and a small train."


@pytest.fixture
def planned(transactional_db: None, billboard: Inbox, wall: Inbox, bea: Agent) -> PlannedPost:
    """Something of each kind, this month."""
    now = timezone.now().replace(day=15, hour=9, minute=0)
    later = timezone.now() + timedelta(days=2)
    for days, state in enumerate(("published", "unconfirmed", "failed", "cancelled")):
        plan = a_plan(bea, billboard, text=f"{WORDS} Part {days}.")
        PlannedPost.objects.filter(pk=plan.pk).update(state=state, due_at=now + timedelta(days=days))
    Publication.objects.filter(plan__state="unconfirmed").update(state="unconfirmed", reason="No answer.")
    a_plan(bea, wall, text="An idea")
    plan = a_plan(bea, billboard, wall, text=WORDS)
    add_picture(plan, name="door.png", content=a_png(), alt="", by=bea, now=timezone.now())
    own = schedule(a_plan(bea, billboard, text=WORDS), at=later, by=bea, now=timezone.now())
    assert own.state == "scheduled"
    PlannedPost.objects.filter(pk=plan.pk).update(state="awaiting", due_at=later)
    return plan


@pytest.fixture
def page_of(browser: Browser, site: str) -> Iterator[Open]:
    contexts = []

    def opened(agent: Agent, **how: Any) -> Page:
        context = browser.new_context(base_url=site, **how)
        contexts.append(context)
        session = signed_in(agent).cookies["heard_session"].value
        context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_every_page_is_fit_to_be_seen(planned: PlannedPost, oto: Agent, page_of: Open) -> None:
    page = page_of(oto, viewport=WIDE, reduced_motion="reduce")
    doubtful = PlannedPost.objects.get(state="unconfirmed")
    wrong = []
    with no_complaints(page):
        for name, address in {
            "month": "/posts",
            "week": "/posts?view=week",
            "list": "/posts?view=list",
            "to-approve": "/posts/to-approve",
            "change": f"/posts/{planned.pk}/change",
            "plan": f"/posts/{planned.pk}",
            "doubtful": f"/posts/{doubtful.pk}",
            "networks": "/settings/networks",
        }.items():
            page.goto(address)
            wrong += fit(page, f"posts-{name}")
            wrong += fit_in_the_dark(page, f"posts-{name}")
            page.set_viewport_size(NARROW)
            wrong += in_width(page, f"posts-{name}-narrow")
            page.set_viewport_size(WIDE)
        page.set_viewport_size(NARROW)
        page.goto("/posts")
        wrong += fit(page, "posts-month-narrow")
    assert not wrong, "\n".join(wrong)


def test_the_calendar_is_walked_by_arrows_and_the_composer_shows_what_is_typed(
    transactional_db: None, billboard: Inbox, acme: Workspace, bea: Agent, page_of: Open
) -> None:
    page = page_of(bea)
    page.goto("/posts?day=2027-05-01")
    page.locator("[data-day='2027-05-03']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-day='2027-05-11']")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_label("Day", exact=True)).to_have_value("2027-05-11")
    page.get_by_label("What do you want to say?").fill("We open on Sunday.")
    page.get_by_label(billboard.name, exact=True).check()
    expect(page.locator("#previews .post-words")).to_have_text("We open on Sunday.")
    expect(page.locator("#previews .counter")).to_have_text(re.compile(r"18 / 100"))
    page.locator("#pictures").set_input_files(
        {"name": "door.png", "mimeType": "image/png", "buffer": a_png()}
    )

    expect(page.get_by_label("What is to be seen on it?")).to_be_visible()
    assert PlannedPost.objects.get().text == "We open on Sunday."
