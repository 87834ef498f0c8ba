from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, ViewportSize, expect

from heard.publishing.tests.paper import a_jpeg, a_png
from heard.tickets.models import Delivery, Message, Ticket
from heard.uploads.models import UploadedFile
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded
from tests.looks import fit, fit_in_the_dark, no_complaints
from tests.visitors import signed_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NARROW = ViewportSize(width=360, height=800)


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    messenger.now = timezone.now() - timedelta(minutes=5)
    return a_ticket(messenger, said="Where is your door?", direct=True)


def a_file(name: str = "door.png", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or a_png(), "image/png")


def attach(client: Client, ticket: Ticket, *files: Any, htmx: bool = True, **fields: Any) -> Any:
    sent = {"mode": "private", "files": files or (a_file(),), **fields}
    return client.post(f"/tickets/{ticket.number}/files", sent, headers=HTMX if htmx else {})


def ours(ticket: Ticket) -> list[Message]:
    return list(ticket.messages.filter(direction="out").order_by("pk"))


def test_a_file_is_attached_and_goes_with_the_reply(ticket: Ticket, of_bea: Client) -> None:
    shown = attach(of_bea, ticket)
    file = UploadedFile.objects.get()
    assert f'name="file" value="{file.pk}"' in shown.text

    page = of_bea.get(f"/tickets/{ticket.number}").text
    assert f'name="file" value="{file.pk}"' in page, "it is there when the page is loaded anew"
    address = f"/tickets/{ticket.number}/reply"
    of_bea.post(address, {"mode": "private", "text": "This one.", "file": file.pk}, headers=HTMX)

    words, picture = ours(ticket)
    assert (words.text, picture.attachments.get().name) == ("This one.", "door.png")
    again = of_bea.get(f"/tickets/{ticket.number}").text
    assert reverse("attachment", kwargs={"key": picture.attachments.get().key}) in again


def test_without_scripts_files_come_with_the_form(ticket: Ticket, of_bea: Client) -> None:
    address = f"/tickets/{ticket.number}/reply"

    answer = of_bea.post(address, {"mode": "private", "text": "", "files": a_file()})
    assert answer.status_code == 302
    assert ours(ticket)[0].attachments.get().content_type == "image/png"

    refused = of_bea.post(address, {"mode": "private", "text": "Typed", "files": a_file("run.exe")})
    assert (refused.status_code, len(ours(ticket))) == (422, 1)
    assert "could run" in refused.text
    assert ">Typed</textarea>" in refused.text, "nothing typed is lost"


def test_what_cannot_be_taken_is_told_in_its_place(ticket: Ticket, of_bea: Client) -> None:
    answer = attach(of_bea, ticket, a_file(), a_file("torn.png", a_png()[:40]))

    assert answer.status_code == 422
    assert "torn.png” is broken" in answer.text
    assert UploadedFile.objects.count() == 1


def test_what_the_network_does_not_take_is_told_at_once(facebook: Network, of_bea: Client) -> None:
    ticket = a_ticket(facebook, said="Where are you?")

    answer = attach(of_bea, ticket, a_file("prices.pdf", b"%PDF-1.4"), mode="public")

    assert "does not take files like" in answer.text


def test_a_file_is_described_and_removed(ticket: Ticket, of_bea: Client) -> None:
    attach(of_bea, ticket)
    file = UploadedFile.objects.get()

    described = {"mode": "private", f"alt-{file.pk}": "Our door"}
    of_bea.post(f"/tickets/{ticket.number}/files/describe", described, headers=HTMX)
    assert reloaded(file).alt == "Our door"

    removed = of_bea.post(
        f"/tickets/{ticket.number}/files/{file.pk}/remove", {"mode": "private", "text": "Typed"}
    )
    assert ">Typed</textarea>" in removed.text
    assert not UploadedFile.objects.exists()


def test_nobody_else_sees_what_an_agent_has_attached(ticket: Ticket, of_bea: Client, of_oto: Client) -> None:
    attach(of_bea, ticket)
    file = UploadedFile.objects.get()
    address = reverse("uploaded_file", kwargs={"key": file.key})

    assert of_bea.get(address).status_code == 200
    assert of_oto.get(address).status_code == 404
    assert "door.png" not in of_oto.get(f"/tickets/{ticket.number}").text
    of_oto.post(f"/tickets/{ticket.number}/files/{file.pk}/remove", {"mode": "private"}, headers=HTMX)
    of_oto.post(f"/tickets/{ticket.number}/reply", {"mode": "private", "text": "Mine", "file": file.pk})
    assert UploadedFile.objects.filter(pk=file.pk).exists()
    assert ours(ticket)[0].attachments.count() == 0


def test_taking_back_brings_words_and_files_back(ticket: Ticket, of_bea: Client) -> None:
    attach(of_bea, ticket)
    file = UploadedFile.objects.get()
    address = f"/tickets/{ticket.number}"
    of_bea.post(f"{address}/reply", {"mode": "private", "text": "This one.", "file": file.pk}, headers=HTMX)
    _words, picture = ours(ticket)

    of_bea.post(f"{address}/messages/{picture.pk}/cancel", headers=HTMX)

    assert {one.delivery for one in ours(ticket)} == {Delivery.CANCELLED}
    page = of_bea.get(address).text
    assert ">This one.</textarea>" in page
    assert f'name="file" value="{UploadedFile.objects.get().pk}"' in page


def test_buttons_are_offered_only_where_the_network_has_them(
    ticket: Ticket, facebook: Network, of_bea: Client
) -> None:
    assert 'name="button"' in of_bea.get(f"/tickets/{ticket.number}").text
    comment = of_bea.get(f"/tickets/{a_ticket(facebook, said='Hello').number}").text
    assert comment.count('<details class="bears"') == 1, "in private, and not in public"

    fields = {"mode": "private", "text": "Is it this one?", "button": ["Yes", "", " No "]}
    of_bea.post(f"/tickets/{ticket.number}/reply", fields, headers=HTMX)

    [message] = ours(ticket)
    assert [one["label"] for one in message.buttons] == ["Yes", "No"]
    assert '<ul class="message-buttons"' in of_bea.get(f"/tickets/{ticket.number}").text


def test_files_are_chosen_pasted_described_removed_and_sent_in_a_browser(
    browser: Browser, site: str, bea: Agent, facebook: Network
) -> None:
    facebook.now = timezone.now() - timedelta(minutes=5)
    ticket = a_ticket(facebook, said="Where is your door?")
    context = browser.new_context(base_url=site, viewport=NARROW)
    session = signed_in(bea).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    page = context.new_page()
    with no_complaints(page):
        page.goto(f"/tickets/{ticket.number}")
        page.locator("#text-public").fill("It is this one.")
        chosen = [
            {"name": "door.png", "mimeType": "image/png", "buffer": a_png(300, 200)},
            {
                "name": "Τιμοκατάλογος με πολύ μακρύ όνομα.pdf",
                "mimeType": "application/pdf",
                "buffer": b"%PDF-1.4",
            },
        ]
        page.locator("#files-public").set_input_files(chosen)  # type: ignore[arg-type]
        files = page.locator("#attached-public .attached-file")
        expect(files).to_have_count(2)
        expect(page.locator("#attached-public .finding").first).to_be_visible()
        assert fit(page, "attached") == []
        assert fit_in_the_dark(page, "attached") == []

        page.get_by_role("button", name="Remove Τιμοκατάλογος").focus()
        page.keyboard.press("Enter")
        expect(files).to_have_count(1)
        expect(page.get_by_role("button", name="Remove door.png")).to_be_focused()
        with page.expect_response("**/uploads/*"):  # its small picture: removed before, it would be missed
            page.evaluate(PASTE, list(a_jpeg()))
        expect(files).to_have_count(2)
        page.get_by_role("button", name="Remove picture.jpg").click()
        expect(files).to_have_count(1)
        page.get_by_label("What is to be seen on door.png").fill("Our blue door")
        page.locator("#send-public").click()
        expect(page.locator(".message-out .picture img")).to_have_attribute("alt", "Our blue door")
        expect(page.locator("#attached-public .attached-file")).to_have_count(0)
    context.close()

    [message] = ours(ticket)
    assert message.attachments.get().detail["alt"] == "Our blue door"


PASTE = """(bytes) => {
  const brought = new DataTransfer();
  brought.items.add(new File([new Uint8Array(bytes)], "picture.jpg", { type: "image/jpeg" }));
  const pasted = new ClipboardEvent("paste", { clipboardData: brought, bubbles: true, cancelable: true });
  document.querySelector("#text-public").dispatchEvent(pasted);
}"""
