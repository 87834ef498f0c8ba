"""A letter's frame, its pictures, and the letter as it came."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_httpserver import HTTPServer

from heard.inboxes.models import Inbox
from heard.outbound import Outbound
from heard.web.letters import views
from heard.web.letters.tests.mailed import HEAD, a_letter, a_mailbox
from heard.workspaces.models import Agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


@pytest.fixture
def mailbox(bea: Agent) -> Inbox:
    return a_mailbox(bea)


def test_a_letter_is_shown_in_a_frame_where_nothing_runs(bea: Agent, mailbox: Inbox) -> None:
    html = '<p onclick="x()">Hello <b>there</b></p><script>alert(1)</script><img src="https://spy.example/a.png">'
    letter = a_letter(mailbox, html)
    response = signed_in(bea).get(f"/letters/{letter.pk}")

    shown = response.content.decode()
    assert "<b>there</b>" in shown
    assert not any(word in shown for word in ("script", "onclick", "spy.example"))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert (response["X-Frame-Options"], response["Referrer-Policy"]) == ("SAMEORIGIN", "no-referrer")


def test_pictures_from_elsewhere_come_by_way_of_us_and_only_those_of_the_letter(
    bea: Agent, mailbox: Inbox, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/a.png").respond_with_data(PNG, content_type="text/html")
    httpserver.expect_request("/b.svg").respond_with_data(b"<svg/>", content_type="image/svg+xml")
    good, bad = httpserver.url_for("/a.png?who=jana&n=1"), httpserver.url_for("/b.svg")
    letter = a_letter(mailbox, f'<img src="{good.replace("&", "&amp;")}"><img src="{bad}">')
    client = signed_in(bea)
    page = client.get(f"/letters/{letter.pk}?pictures=yes").content.decode()
    assert 'src="http' not in page
    assert f'src="/letters/{letter.pk}/picture?url=' in page

    asked = f"/letters/{letter.pk}/picture"
    assert client.get(asked, {"url": good}).status_code == 404  # an address of our own network
    monkeypatch.setattr(views, "strangers", lambda: Outbound(allowed=["127.0.0.1", "localhost"]))
    found = client.get(asked, {"url": good})
    assert (found.status_code, found.content, found["Content-Type"]) == (200, PNG, "image/png")
    assert "sandbox" in found["Content-Security-Policy"]
    assert client.get(asked, {"url": bad}).status_code == 404  # no picture that is safe to show
    assert client.get(asked, {"url": httpserver.url_for("/a.png")}).status_code == 404  # not in the letter


def test_the_letter_can_be_had_as_it_came(bea: Agent, mailbox: Inbox) -> None:
    letter = a_letter(mailbox, "<p>Hello</p>")
    response = signed_in(bea).get(f"/letters/{letter.pk}/raw")

    assert b"".join(response).decode() == HEAD + "<p>Hello</p>"
    assert response["Content-Disposition"] == f'attachment; filename="{letter.pk}.eml"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_letters_of_another_workspace_are_not_there(cyril: Agent, mailbox: Inbox) -> None:
    letter = a_letter(mailbox, '<p>Hello</p><img src="https://spy.example/a.png">')
    client: Client = signed_in(cyril)
    for path in ("", "?pictures=yes", "/raw", "/picture?url=https://spy.example/a.png"):
        assert client.get(f"/letters/{letter.pk}{path}").status_code == 404


def test_the_ticket_shows_what_a_letter_has_besides_its_words(bea: Agent, mailbox: Inbox) -> None:
    letter = a_letter(mailbox, "<p>Hello <b>there</b></p>")
    page = signed_in(bea).get(f"/tickets/{letter.ticket.number}").content.decode()

    for words in ("Where is my parcel?", "jana@home.example", "Sender not verified", "As it was sent"):
        assert words in page
    assert f"/letters/{letter.pk}/raw" in page
    assert 'name="copy" value="petr@home.example" checked' in page
    assert 'value="support@acme.example"' not in page
