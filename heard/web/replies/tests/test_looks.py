"""The pages of saved replies as people see them: wide and narrow, light and dark, and while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from heard.replies.folders import add_folder
from heard.replies.gallery import change_gallery, show_in_gallery
from heard.replies.models import ReplyChange, SavedReply
from heard.replies.tests.shelf import CS, CS_PUBLIC, EL, EN, EN_PUBLIC, EN_TU, a_reply
from heard.replies.write import say
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints
from tests.visitors import signed_in

WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=360, height=740)
LONG = "Η παραγγελία σας είναι στον δρόμο και θα φτάσει σε {delivery_days}. Θα σας γράψουμε μόλις παραδοθεί. "


@pytest.fixture
def kept(transactional_db: None, ann: Agent, bea: Agent) -> SavedReply:
    """One of each kind, with long words in Greek."""
    orders = add_folder("Παραγγελίες και παραδόσεις", parent=None, by=ann, now=NOON)
    late = add_folder("Late", parent=orders, by=ann, now=NOON)
    texts = {
        EN: "Your order {order_number} is on its way, {customer.name}. It comes in {delivery_days}.",
        EN_TU: "It is on its way.",
        EN_PUBLIC: "Hello, {customer.name}, we have written to you privately. {reason}",
        CS: "Vaše objednávka je na cestě.",
        CS_PUBLIC: "Napsali jsme Vám soukromě.",
        EL: LONG * 3,
    }
    titles = {"en": "Order on its way", "el": "Η παραγγελία είναι στον δρόμο και φτάνει σύντομα"}
    reply = a_reply(ann, texts, titles=titles, folder=late, shortcut="way", tags=["parcel", "late"])
    say(reply, EN, texts[EN].replace("on its way", "a little late"), by=ann, now=timezone.now())
    a_reply(bea, draft=True, title="A draft")
    a_reply(ann, title="Out of date", expires_on=timezone.now().date() - timedelta(days=3))
    SavedReply.objects.filter(pk=a_reply(bea, title="Waits").pk).update(approval="waiting")
    changed = a_reply(bea, {EL: LONG}, titles={"el": "Αλλαγή"}, source_language="el")
    Workspace.objects.filter(pk=bea.workspace_id).update(replies_need_approval=True)
    say(changed, EL, f"{LONG}{LONG}", by=reloaded(bea), now=timezone.now())
    show_in_gallery(reply, on=True, by=ann, now=NOON)
    change_gallery(ann.workspace, is_on=True, folders=[orders.pk], by=ann, now=NOON)
    return reply


@pytest.fixture
def page(browser: Browser, site: str, ann: Agent) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport=WIDE, reduced_motion="reduce")
    session = signed_in(ann).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    yield context.new_page()
    context.close()


def test_every_page_is_fit_to_be_seen_and_a_reply_is_written_by_keyboard(
    kept: SavedReply, page: Page
) -> None:
    wrong = []
    with no_complaints(page):
        for name, address in {
            "list": "/replies",
            "new": "/replies/new",
            "edit": f"/replies/{kept.pk}?language=cs",
            "edit-el": f"/replies/{kept.pk}?language=el",
            "waiting": f"/replies/{SavedReply.objects.get(approval='waiting').pk}",
            "versions": f"/replies/{kept.pk}/versions",
            "coverage": "/replies/coverage",
            "folders": "/replies/folders",
            "exchange": "/replies/import",
            "change": f"/replies/{ReplyChange.objects.get().reply_id}?language=el",
            "gallery": "/replies/gallery",
            "standing": "/settings/workspace/replies",
            "follow-up": "/settings/follow-up",
            "public": f"/answers/{kept.workspace.slug}?lang=el",
        }.items():
            page.goto(address)
            wrong += fit(page, f"replies-{name}")
            wrong += fit_in_the_dark(page, f"replies-{name}")
            page.set_viewport_size(NARROW)
            wrong += in_width(page, f"replies-{name}-narrow")
            page.set_viewport_size(WIDE)
        _write(page)
    assert not wrong, "\n".join(wrong)


def _write(page: Page) -> None:
    page.goto("/replies")
    page.keyboard.press("n")
    page.get_by_label("Title in English").fill("Thank you")
    page.get_by_label("English, Formal · Public", exact=True).fill("Thank you, {custmer.name}.")
    expect(page.get_by_text("Did you mean {customer.name}?")).to_be_visible()
    page.get_by_label("English, Formal · Public", exact=True).fill("Thank you, {customer.name}. {reason}")
    expect(page.locator(".reply-reads:visible")).to_contain_text("Thank you, ")
    page.locator("#tab-en").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Title in Czech")).to_be_visible()
    expect(page.get_by_label("Title in English")).to_be_hidden()
    page.get_by_label("Title in Czech").fill("Děkujeme")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert SavedReply.objects.get(titles__cs="Děkujeme").approval == "approved"
