from __future__ import annotations

import uuid
from datetime import timedelta

import httpx2
from django.utils import timezone

from heard.chat.forget import forget_old
from heard.chat.models import Visitor, VisitorFile, Widget
from heard.chat.tests.conftest import SITE, Browser, a_window
from heard.inboxes.models import Inbox
from heard.ingest.models import RawCall
from heard.kept_files import path_of
from heard.publishing.tests.paper import a_png
from heard.tickets.models import Attachment, Delivery, Message, State, Ticket
from heard.tickets.reply import reply
from heard.tickets.route import elsewhere
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import Door, running_front, until
from tests.mailbox import a_mailbox, mailboxes

PNG = a_png()


def test_a_line_is_a_ticket_and_its_answer_leaves_at_once(
    visitor: Browser, window: Inbox, dana: Agent
) -> None:
    key = str(uuid.uuid4())
    visitor.opens()
    assert visitor.says("Is the green one there in M?", key).json() == {"key": key}
    calls.take_all(now=timezone.now())

    asked = Message.objects.get(external_id=key)
    assert (asked.text, asked.public, asked.kind) == ("Is the green one there in M?", False, "chat")
    assert asked.author is not None
    assert asked.author.name.startswith("Visitor ")
    assert (asked.remark, asked.permalink) == ("The green one", f"{SITE}/green")

    answer = reply(asked.ticket, text="Yes, it is.", by=dana, now=timezone.now())
    answer.refresh_from_db()
    asked.ticket.refresh_from_db()
    assert (answer.delivery, answer.external_id) == (Delivery.SENT, str(answer.token))
    assert asked.ticket.state == State.ANSWERED

    assert visitor.call("seen", {"id": str(answer.token)}).status_code == 200
    calls.take_all(now=timezone.now())
    answer.refresh_from_db()
    assert answer.delivery == Delivery.READ


def test_a_line_that_comes_twice_is_one_line(visitor: Browser) -> None:
    key = str(uuid.uuid4())
    visitor.opens()
    for _ in range(3):
        assert visitor.says("Hello", key).status_code == 200
    calls.take_all(now=timezone.now())

    assert Message.objects.count() == 1


def test_nobody_speaks_too_fast_too_long_or_without_a_session(visitor: Browser, window: Inbox) -> None:
    key = str(uuid.uuid4())
    assert visitor.says("Hello", key).status_code == 401
    visitor.opens()
    assert visitor.says("", key).status_code == 422
    assert visitor.says("x" * 4_001, key).status_code == 422
    assert visitor.says("Hello", "not-a-key").status_code == 422
    assert visitor.says("x" * 70_000, key).status_code == 413

    statuses = [visitor.says(f"Line {number}", str(uuid.uuid4())).status_code for number in range(20)]
    assert statuses[:15] == [200] * 15
    assert statuses[-1] == 429
    with running_front() as other:  # and to no other process either
        refused = Browser(other.url, window, token=visitor.token).says("One more", str(uuid.uuid4()))
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert RawCall.objects.count() == statuses.count(200)


def test_a_file_comes_with_its_line_and_only_from_its_owner(
    door: Door, visitor: Browser, window: Inbox
) -> None:
    visitor.opens()
    headers = {"Origin": SITE, "Authorization": f"Bearer {visitor.token}", "X-File-Name": "%C5%A1aty.png"}
    handed = httpx2.post(f"{door.url}/chat/{window.key}/files", content=PNG, headers=headers).json()
    assert (handed["name"], handed["kind"]) == ("šaty.png", "image")

    stranger = Browser(door.url, window).opens()
    assert stranger.says("Mine", str(uuid.uuid4()), files=[handed["key"]]).status_code == 422
    assert visitor.says("", str(uuid.uuid4()), files=[handed["key"]]).status_code == 200
    calls.take_all(now=timezone.now())

    row = Attachment.objects.get()
    assert (str(row.key), row.state, row.size) == (handed["key"], Attachment.State.STORED, len(PNG))
    assert path_of(handed["key"]).read_bytes() == PNG
    # Sent again with another line, it stays where it was.
    visitor.says("Again", str(uuid.uuid4()), files=[handed["key"]])
    calls.take_all(now=timezone.now())
    assert list(Attachment.objects.values_list("state", flat=True).order_by("pk")) == ["stored", "linked"]


def test_what_is_left_while_nobody_is_there_says_who_it_was(visitor: Browser) -> None:
    visitor.opens()
    visitor.says("Call me", str(uuid.uuid4()), name="Petros", email="petros@example.com", left=True)
    calls.take_all(now=timezone.now())

    message = Message.objects.get()
    assert message.author is not None
    assert (message.author.name, message.author.handle) == ("Petros", "petros@example.com")
    assert "petros@example.com" in message.remark


def test_what_is_left_can_be_answered_by_mail(visitor: Browser, window: Inbox) -> None:
    visitor.opens()
    with mailboxes():
        a_mailbox(window.workspace)
        visitor.says("Write to me", str(uuid.uuid4()), name="Petros", email="petros@example.com", left=True)
        visitor.says("Or not", str(uuid.uuid4()), name="Petros", email="no address", left=True)
        calls.take_all(now=timezone.now())

        (way,) = elsewhere(Ticket.objects.get())
        assert way.identity is not None
        assert (way.kind, way.identity.address) == ("email", "petros@example.com")


def test_another_site_is_told_nothing(visitor: Browser, door: Door, window: Inbox) -> None:
    visitor.opens()
    for origin in (
        "https://evil.example",
        "https://shop.example.evil.example",
        "http://shop.example",
        "null",
        "",
    ):
        for verb, method in (("settings", "GET"), ("sessions", "POST"), ("lines", "POST"), ("live", "GET")):
            there = Browser(door.url, window, origin=origin, token=visitor.token)
            for asked in (method, "OPTIONS"):
                answer = there.call(verb, {}, method=asked)
                assert answer.status_code == 403
                assert not [name for name in answer.headers if name.startswith("access-control-")]
    preflight = visitor.call("lines", method="OPTIONS")
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == SITE
    assert "Access-Control-Allow-Credentials" not in preflight.headers


def test_a_token_opens_its_own_window_only(door: Door, visitor: Browser, window: Inbox) -> None:
    elsewhere = a_window(an_agent(a_workspace("Other"), "Cyril", Agent.Role.ADMIN))
    visitor.opens()
    assert Browser(door.url, elsewhere, token=visitor.token).says("Hi", str(uuid.uuid4())).status_code == 401
    assert visitor.token.encode() not in bytes(Visitor.objects.get().token_hash)
    Inbox.objects.filter(pk=elsewhere.pk).update(state=Inbox.State.DISCONNECTED)
    # A window is known by heart for some seconds.
    there = Browser(door.url, elsewhere)
    until(lambda: there.call("settings", method="GET").status_code == 404)


def test_the_hook_of_a_window_refuses_everybody(door: Door, window: Inbox) -> None:
    assert door.post(window, b'{"event": {}}') == 401


def test_what_led_to_nothing_is_forgotten(visitor: Browser, door: Door, window: Inbox) -> None:
    visitor.opens()
    headers = {"Origin": SITE, "Authorization": f"Bearer {visitor.token}"}
    handed = httpx2.post(f"{door.url}/chat/{window.key}/files", content=PNG, headers=headers).json()
    forget_old(now=timezone.now() + timedelta(hours=23))
    assert VisitorFile.objects.exists()
    forget_old(now=timezone.now() + timedelta(hours=25))
    assert not VisitorFile.objects.exists()
    assert not Visitor.objects.exists()
    assert not path_of(handed["key"]).exists()
    assert Widget.objects.exists()
