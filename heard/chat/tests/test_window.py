"""The window in a real browser, on a shop's page that lies at another origin and has a policy of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from heard.channels.registry import channel
from heard.chat.models import Visitor, Widget
from heard.chat.present import answer_is_typed
from heard.chat.rows import PAGE
from heard.chat.tests.test_history import talked
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.publishing.tests.paper import a_png
from heard.sandbox.running import Running
from heard.tickets.look import look
from heard.tickets.models import Attachment, Message, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import running_front, until
from tests.looks import fit, fit_in_the_dark, in_width

PNG = a_png()


@pytest.fixture
def clerk(transactional_db: None) -> Agent:
    return an_agent(a_workspace("Acme"), "Dana Admin", Agent.Role.ADMIN)


def practice(clerk: Agent, sandbox: Running, url: str) -> Inbox:
    credentials = channel("chat").credentials.model_validate(sandbox.credentials("chat"))
    return connect(
        clerk.workspace, slug="chat", credentials=credentials, by=clerk, now=timezone.now(), public_url=url
    )


@pytest.fixture
def open_shop(browser: Browser, sandbox: Running) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opened(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{sandbox.url}/shop")
        return page

    yield opened
    for context in contexts:
        context.close()


def said(text: str) -> Ticket:
    """Once it is stored, the intake takes it in."""
    until(lambda: calls.take_all(now=timezone.now()) or Message.objects.filter(text=text).exists())
    return Message.objects.get(text=text).ticket


def answers(ticket: Ticket, text: str, by: Agent) -> None:
    reply(ticket, text=text, by=by, now=timezone.now())


def _reached_by_tab(page: Page) -> set[str]:
    """What of the page has the keyboard, while Tab goes once around."""
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    return reached - {"BODY"}  # the browser's own bar stands between the last and the first


def test_a_visitor_asks_and_is_answered(
    site: str, sandbox: Running, clerk: Agent, open_shop: Callable[..., Page]
) -> None:
    practice(clerk, sandbox, site)
    complaints: list[str] = []
    page = open_shop()
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.reload()
    expect(page.get_by_role("button", name="Open the chat")).to_be_visible()
    assert not Visitor.objects.exists()  # whoever only passes by leaves nothing

    page.get_by_role("button", name="Open the chat").press("Enter")
    box = page.get_by_role("textbox", name="Write a message")
    expect(box).to_be_focused()
    box.fill("Is the green one there in M? https://shop.example/green.")
    box.press("Enter")
    ticket = said("Is the green one there in M? https://shop.example/green.")
    expect(page.get_by_role("link", name="https://shop.example/green", exact=True)).to_be_visible()
    answer_is_typed(ticket, typed=True, by=clerk, now=timezone.now())
    expect(page.get_by_text("Dana is writing")).to_be_visible()
    answers(ticket, "Yes, it <b>is</b>.", clerk)
    expect(page.get_by_text("Yes, it <b>is</b>.")).to_be_visible()
    expect(page.get_by_text("Dana is writing")).to_have_count(0)
    look(ticket, by=clerk, now=timezone.now())
    expect(page.get_by_text("Seen")).to_be_visible()
    until(lambda: calls.take_all(now=timezone.now()) or Message.objects.filter(delivery="read").exists())

    page.get_by_role("button", name="Add an emoji").click()
    page.get_by_role("button", name="🎉").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "box.png", "mimeType": "image/png", "buffer": PNG}
    )
    expect(page.get_by_role("button", name="Remove box.png")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    said("🎉")
    expect(page.get_by_role("img", name="box.png")).to_be_attached()

    assert fit(page, "chat-window") == []
    assert fit_in_the_dark(page, "chat-window") == []
    box.focus()
    page.set_viewport_size({"width": 320, "height": 640})
    assert in_width(page, "chat-window-320") == []
    expect(box).to_be_in_viewport()
    expect(box).to_be_focused()
    assert _reached_by_tab(page) == {"HEARD-CHAT"}  # the page behind is covered
    page.set_viewport_size({"width": 1000, "height": 800})
    assert len(_reached_by_tab(page)) > 1  # and here it is not
    page.set_viewport_size({"width": 320, "height": 640})

    box.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Open the chat")).to_be_focused()
    answers(ticket, "Anything else?", clerk)
    door = page.get_by_role("button", name="Open the chat (New messages: 1)")
    expect(door).to_be_visible()

    page.reload()  # the history is there again, and what was not read is still not read
    door.click()
    expect(page.get_by_role("listitem")).to_have_count(4)
    expect(page.get_by_text("Anything else?")).to_be_visible()
    assert page.context.cookies(site) == []
    assert complaints == []


def test_nothing_is_lost_or_doubled_while_heard_is_away(
    sandbox: Running, clerk: Agent, open_shop: Callable[..., Page]
) -> None:
    with running_front() as first:
        port = first.port
        practice(clerk, sandbox, first.url)
        page = open_shop()
        page.get_by_role("button", name="Open the chat").click()
        box = page.get_by_role("textbox", name="Write a message")
        box.fill("One")
        box.press("Enter")
        ticket = said("One")
        expect(page.get_by_text("· Sent")).to_be_visible()
    box.fill("Two")
    box.press("Enter")
    expect(page.get_by_text("Not connected.")).to_be_visible()
    box.fill("Three")
    box.press("Enter")
    answers(ticket, "Answered meanwhile", clerk)
    with running_front(port=port):
        said("Two")
        said("Three")
        expect(page.get_by_text("Answered meanwhile")).to_be_visible()
        expect(page.get_by_text("Sending")).to_have_count(0)
        page.reload()
        page.get_by_role("button", name="Open the chat").click()
        expect(page.get_by_role("listitem")).to_have_count(4)
        shown = [row.split(": ", 1)[1] for row in page.locator("heard-chat .say").all_text_contents()]
    assert sorted(shown) == ["Answered meanwhile", "One", "Three", "Two"]
    assert shown.index("Two") < shown.index("Three")
    assert Message.objects.count() == 4
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('-line-'))") == []


def test_while_nobody_is_there_a_message_is_left_in_the_visitors_language(
    site: str, sandbox: Running, clerk: Agent, open_shop: Callable[..., Page]
) -> None:
    inbox = practice(clerk, sandbox, site)
    tomorrow = str((timezone.now().weekday() + 1) % 7)
    Widget.objects.filter(inbox=inbox).update(
        hours={tomorrow: ["09:00", "17:00"]}, texts={"cs": {"title": "Zeptejte se"}}, position="start"
    )
    page = open_shop(viewport={"width": 1000, "height": 800})
    page.goto(f"{sandbox.url}/shop?language=cs&dir=rtl")
    page.locator("heard-chat button").first.click()
    expect(page.get_by_role("heading", name="Zeptejte se")).to_be_visible()
    where = page.locator("heard-chat").evaluate(
        "chat => chat.shadowRoot.querySelector('dialog').getBoundingClientRect().left"
    )
    assert where > 500  # the start of a line that runs from right to left
    form = page.locator("form.leave")
    form.locator("[name=name]").fill("Petros")
    form.locator("[name=email]").fill("petros@example.com")
    form.locator("[name=write]").fill("Zavolejte mi.")
    assert fit(page, "chat-away") == []
    form.locator("button").click()
    said("Zavolejte mi.")
    message = Message.objects.select_related("author").get()
    assert message.author is not None
    assert (message.author.name, message.author.handle) == ("Petros", "petros@example.com")
    assert form.is_hidden()


def test_what_waits_is_sent_once_after_a_reload_and_what_was_said_before_can_be_read(
    site: str, sandbox: Running, clerk: Agent, open_shop: Callable[..., Page]
) -> None:
    inbox = practice(clerk, sandbox, site)
    page = open_shop(viewport={"width": 320, "height": 640})
    page.get_by_role("button", name="Open the chat").press("Enter")
    until(Visitor.objects.exists)
    talked(inbox, Visitor.objects.get(), lines=PAGE + 7)
    rows, door = page.get_by_role("listitem"), page.get_by_role("button", name="Open the chat")
    page.reload()
    door.press("Enter")
    expect(rows).to_have_count(PAGE)
    page.get_by_role("button", name="Show earlier messages").press("Enter")
    expect(rows).to_have_count(PAGE + 7)
    expect(rows.first).to_contain_text("Line 0")
    expect(page.get_by_role("status").filter(has_text="Earlier messages: 7")).to_be_visible()
    expect(page.get_by_role("log")).to_be_focused()  # the button is gone, the keyboard is not
    expect(rows.first).not_to_be_in_viewport()  # what was read stays where it was
    assert in_width(page, "chat-earlier-320") == []

    page.locator("input[type=file]").set_input_files(
        {"name": "box.png", "mimeType": "image/png", "buffer": PNG}
    )
    chip = page.get_by_role("button", name="Remove box.png")
    expect(chip).to_be_visible()
    page.reload()  # chosen, and not sent yet
    door.press("Enter")
    expect(chip).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Write a message").fill("Here it is")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not connected.")).to_be_visible()
    expect(chip).to_have_count(0)
    page.route("**/files", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()  # sent, and not arrived yet
    door.press("Enter")
    expect(page.get_by_text("Here it is")).to_be_visible()
    expect(page.get_by_text("Sending")).to_be_visible()
    assert not Message.objects.filter(text="Here it is").exists()
    page.unroute("**/files")
    said("Here it is")
    expect(page.get_by_role("img", name="box.png")).to_be_attached()
    expect(page.get_by_text("Sending")).to_have_count(0)
    assert Attachment.objects.filter(state=Attachment.State.STORED).count() == 1
    assert Message.objects.filter(text="Here it is").count() == 1
    kept = "indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => new Promise((done) => {"
    kept += "const opening = indexedDB.open(name); opening.onsuccess = () => { const asked = opening.result"
    kept += ".transaction('files').objectStore('files').count(); asked.onsuccess = () => done(asked.result); } }))))"
    assert page.evaluate(kept) == [0]
