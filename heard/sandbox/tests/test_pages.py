"""The pages in a real browser: playing the customer, seeing answers come, and nothing for axe to say."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from heard.sandbox.running import Running
from heard.sandbox.tests.graph import Graph
from heard.sandbox.tests.hooks import Receiver
from tests.looks import fit, fit_in_the_dark, in_width

PATHS = (
    "/",
    "/facebook",
    "/facebook?tab=reviews",
    "/facebook?tab=mentions",
    "/messenger",
    "/telegram",
    "/viber",
    *("/shop", "/shop/green"),
    *("/x", "/x/messages"),
    "/mail",
    *("/instagram", "/instagram?tab=mentions", "/instagram?tab=messages"),
)


@pytest.fixture
def page(browser: Browser, sandbox: Running) -> Iterator[Page]:
    context = browser.new_context(base_url=sandbox.url)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert problems == []


def _live(page: Page, path: str) -> None:
    with page.expect_response("**/live?*"):
        page.goto(path)


def test_what_is_written_goes_out_and_what_is_answered_comes_in(
    sandbox: Running, receiver: Receiver, facebook: Graph, page: Page
) -> None:
    _live(page, "/facebook")
    page.get_by_label("Comment as Jana Kovářová").first.fill("Kde je můj balík?")
    page.get_by_role("button", name="Comment", exact=True).first.click()
    expect(page.locator(".text", has_text="Kde je můj balík?")).to_be_visible()
    receiver.wait(1)
    id = receiver.values()[0]["comment_id"]
    assert receiver.values()[0]["from"]["name"] == "Jana Kovářová"

    page.get_by_label("Write on the page, Jana").fill("not sent yet")
    facebook.post(f"{id}/comments", {"message": "Už je na cestě."})
    expect(page.locator(".text", has_text="Už je na cestě.")).to_be_visible()
    expect(page.get_by_label("Write on the page, Jana")).to_have_value("not sent yet")
    expect(page.get_by_role("status")).to_have_text("Acme Shop answered: Už je na cestě.")


def test_a_picture_is_commented_on_and_a_story_names_the_account(sandbox: Running, page: Page) -> None:
    page.goto("/instagram")
    page.get_by_role("link", name="0 comments").first.click()
    page.get_by_label("Write a comment").fill("Kolik stojí?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".text", has_text="Kolik stojí?")).to_be_visible()
    [comment] = sandbox.state("instagram")["comments"]
    sandbox.own_app("instagram", "25 eur", under=comment["id"])
    expect(page.locator(".by-page", has_text="25 eur")).to_be_visible()
    page.get_by_role("button", name="Mention in my story").click()
    page.get_by_role("link", name="Messages", exact=True).click()
    expect(page.get_by_alt_text("Your story")).to_be_visible()
    assert [one["media"][0]["kind"] for one in sandbox.state("instagram")["directs"]] == ["story_mention"]


def test_posts_and_messages_on_x_are_two_things(sandbox: Running, page: Page) -> None:
    _live(page, "/x")
    page.get_by_label("What is happening, Jana?").fill("@AcmeShop where is my parcel?")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".text", has_text="where is my parcel?")).to_be_visible()
    [mention] = sandbox.state("x")["mentions"]
    sandbox.own_app("x", "On its way", under=mention["id"])
    expect(page.get_by_role("status")).to_have_text("Acme Shop wrote: On its way")
    page.get_by_role("link", name="Send a message").click()
    page.get_by_label("Write to Acme Shop").fill("psst")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".text", has_text="psst")).to_be_visible()
    assert [direct["text"] for direct in sandbox.state("x")["directs"]] == ["psst"]


def test_own_comments_are_edited_liked_and_deleted(
    sandbox: Running, receiver: Receiver, facebook: Graph, page: Page
) -> None:
    sandbox.say("facebook", by="jana", text="one")
    _live(page, "/facebook")
    page.get_by_role("button", name="Like the comment by Jana Kovářová").click()
    expect(page.get_by_text("1 like")).to_be_visible()
    page.locator("summary", has_text="Edit").click()
    page.get_by_label("New text").fill("Otherwise")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".text", has_text="Otherwise")).to_be_visible()
    page.get_by_role("button", name="Delete the comment").click()
    expect(page.locator(".text", has_text="Otherwise")).to_have_count(0)
    receiver.wait(4)
    assert [value["verb"] for value in receiver.values()] == ["add", "add", "edited", "remove"]


def test_a_conversation_is_written_answered_and_read(
    sandbox: Running, receiver: Receiver, messenger: Graph, page: Page
) -> None:
    _live(page, "/messenger")
    page.get_by_label("Write to Acme Shop").fill("Hello")
    page.keyboard.press("Enter")
    expect(page.locator(".mine")).to_contain_text("Hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    messenger.post(f"{messenger.page}/messages", {"recipient": {"id": psid}, "sender_action": "typing_on"})
    expect(page.get_by_text("is writing …")).to_be_visible()
    messenger.send(psid, "Hi Jana")
    expect(page.locator(".theirs")).to_contain_text("Hi Jana")
    expect(page.get_by_text("is writing …")).to_have_count(0)
    receiver.wait(4)
    assert any("read" in event for event in receiver.elements("messaging"))


def test_another_person_is_chosen(sandbox: Running, page: Page) -> None:
    page.goto("/")
    page.get_by_label("Πέτρος Παπαδόπουλος").check()
    page.get_by_role("button", name="Go to the page").click()
    expect(page.get_by_label("You are")).to_have_value("petros")
    page.get_by_label("You are").select_option("maja")
    expect(page.get_by_label("Comment as Maja Novak").first).to_be_visible()
    page.goto("/")
    page.get_by_label("Or somebody new").fill("Ada Byron")
    page.get_by_role("button", name="Write a direct message").click()
    expect(page.get_by_text("You write as Ada Byron")).to_be_visible()


def test_a_newcomer_is_told_that_heard_is_not_there(
    sandbox: Running, receiver: Receiver, facebook: Graph, page: Page
) -> None:
    page.goto("/messenger")
    expect(page.get_by_text("Heard is not connected here yet.")).to_be_visible()
    receiver.answers = [503] * 4
    _live(page, "/facebook")
    sandbox.say("facebook", by="jana", text="hello")
    expect(page.get_by_text("Heard refused what was sent (503).")).to_be_visible()
    receiver.answers = []
    page.get_by_role("button", name="Try again now").click()
    expect(page.get_by_text("Heard refused what was sent")).to_have_count(0)


def test_pages_work_without_scripts(sandbox: Running, browser: Browser) -> None:
    context = browser.new_context(base_url=sandbox.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/facebook")
    page.get_by_label("Comment as Jana Kovářová").first.fill("no scripts")
    page.get_by_role("button", name="Comment", exact=True).first.click()
    expect(page.locator(".text", has_text="no scripts")).to_be_visible()
    context.close()


def test_forms_of_other_sites_are_refused(sandbox: Running) -> None:
    answer = httpx2.post(
        f"{sandbox.url}/play/facebook/say",
        data={"text": "x"},
        headers={"Origin": "https://elsewhere.example"},
        trust_env=False,
    )
    assert answer.status_code == 403


def test_axe_finds_nothing_and_nothing_is_cut(sandbox: Running, facebook: Graph, page: Page) -> None:
    id = sandbox.say("facebook", by="jana", text="Dobrý den", media=[{"kind": "image"}])
    facebook.post(f"{id}/comments", {"message": "Dobrý den"})
    facebook.post(id, {"is_hidden": True})
    sandbox.say("facebook", by="jana", kind="review", text="Fine")
    sandbox.say("facebook", by="jana", kind="mention", text="@Acme Shop")
    direct = sandbox.say("messenger", by="jana", text="Hello")
    sandbox.own_app("messenger", "Hi", to="jana")
    sandbox.delete("messenger", direct)
    sandbox.say("telegram", by="jana", text="Hello", media=[{"kind": "image"}])
    sandbox.control("viber/fail", {"id": _answered(sandbox), "reason": "no"})
    under = sandbox.state("instagram")["posts"][0]["id"]
    comment = sandbox.say("instagram", by="jana", text="Kolik stojí?", under=under)
    sandbox.own_app("instagram", "25 eur", under=comment)
    sandbox.say("instagram", by="jana", kind="mention", text="@acme.shop")
    for kind in ("direct", "story_reply", "story_mention"):
        sandbox.say("instagram", by="jana", kind=kind, text="Hello")
    sandbox.own_app("instagram", "Hi", to="jana")
    mail = sandbox.say("email", by="jana", text="Hello", html="<p>Hello</p>", media=[{"kind": "image"}])
    login = sandbox.control("facebook/app")
    consent = f"{login['login_url']}/dialog/oauth?client_id={login['app_id']}&redirect_uri=http://x/"
    page.set_viewport_size({"width": 1280, "height": 800})
    wrong = []
    for path in (*PATHS, f"/instagram?post={under}", f"/mail?thread={mail}", consent):
        name = f"sandbox{path}".replace("/", "-")
        page.goto(path)
        wrong += [*fit(page, name), *fit_in_the_dark(page, name)]
        page.set_viewport_size({"width": 360, "height": 800})
        wrong += in_width(page, f"{name}-narrow")
        page.set_viewport_size({"width": 1280, "height": 800})
    assert not wrong, "\n".join(wrong)


def _answered(sandbox: Running) -> str:
    """The id of a bot's answer with a button under it."""
    sandbox.say("viber", by="jana", text="Hello")
    mine, to = sandbox.credentials("viber"), sandbox.state("viber")["directs"][0]["address"]
    message = {"receiver": to, "type": "text", "text": "Hi", "sender": {"name": "Acme"}}
    message["keyboard"] = {"Type": "keyboard", "Buttons": [{"ActionBody": "yes", "Text": "Yes, please"}]}
    answer = httpx2.post(
        f"{mine['base_url']}/send_message",
        json=message,
        headers={"X-Viber-Auth-Token": mine["auth_token"]},
        trust_env=False,
    )
    return str(answer.json()["message_token"])


def test_a_bot_is_written_to_and_its_button_pressed(sandbox: Running, page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Write on Viber").click()
    page.get_by_role("button", name="Open the conversation").click()
    _answered(sandbox)
    page.get_by_role("button", name="Yes, please").click()
    expect(page.locator(".mine").last).to_contain_text("yes")
    page.get_by_label("Attach").select_option("file")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Attachment: file")).to_be_visible()
    page.get_by_role("button", name="Block Acme Shop").click()
    expect(page.get_by_role("button", name="Unblock Acme Shop")).to_be_visible()
    page.get_by_role("navigation", name="Networks").get_by_role("link", name="Telegram").click()
    expect(page.get_by_label("You are")).to_have_value("jana")
