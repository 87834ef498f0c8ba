"""Agents' lines reach the window, whatever happens to connections and processes in between."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from heard.chat.models import Visitor
from heard.chat.present import answer_is_typed, visitor_of
from heard.chat.tests.conftest import SITE, Browser
from heard.inboxes.models import Inbox
from heard.tickets.look import look
from heard.tickets.models import Message, Ticket
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests import calls
from tests.front import Door, running_front, until

AWAY = "Napsali jsme vám, když jste tu nebyli."  # the visitor's browser speaks Czech


class Stream:
    """What one window hears."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.last = ""
        self.over = False

    def lines(self) -> list[str]:
        return [told["text"] for name, told in self.events if name == "line"]

    def state(self) -> dict[str, Any]:
        return [told for name, told in self.events if name == "state"][-1]

    def names(self) -> list[str]:
        return [name for name, _told in self.events]


@contextmanager
def listening(browser: Browser, *, last: str = "") -> Iterator[Stream]:
    heard, headers = Stream(), {"Origin": SITE, "Authorization": f"Bearer {browser.token}"}
    connection = http.client.HTTPConnection(urlsplit(browser.url).netloc, timeout=30)
    since = {"Last-Event-ID": last} if last else {}
    connection.request("GET", f"/chat/{browser.inbox.key}/live", headers={**headers, **since})
    plug = connection.sock
    assert plug is not None
    answer = connection.getresponse()
    assert answer.status == 200

    def listen() -> None:
        kind = ""
        with suppress(OSError, http.client.HTTPException):
            while row := answer.readline().decode():
                name, _, value = row.rstrip("\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "id":
                    heard.last = value
                elif name == "data":
                    heard.events.append((kind, json.loads(value)))
        heard.over = True

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    until(lambda: "state" in heard.names())
    try:
        yield heard
    finally:
        with suppress(OSError):  # the other side may have hung up
            plug.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        connection.close()


def answered(ticket: Ticket, text: str, by: Agent) -> Message:
    return reply(ticket, text=text, by=by, now=timezone.now())


def asked(visitor: Browser, text: str) -> Ticket:
    key = str(uuid.uuid4())
    assert visitor.says(text, key).status_code == 200
    calls.take_all(now=timezone.now())
    return Message.objects.get(external_id=key).ticket


def test_an_answer_is_in_the_window_while_it_is_open(visitor: Browser, window: Inbox, dana: Agent) -> None:
    ticket = asked(visitor.opens(), "Is it there in M?")
    with listening(visitor) as heard:
        assert heard.lines() == ["Is it there in M?"]
        answered(ticket, "Yes, it is.", dana)
        until(lambda: len(heard.lines()) == 2)
        told = next(told for name, told in heard.events if name == "line" and told["ours"])
        assert told["name"] == "Dana"  # the first name is enough


def test_what_was_said_while_nobody_listened_comes_afterwards(
    visitor: Browser, window: Inbox, dana: Agent
) -> None:
    ticket = asked(visitor.opens(), "Hello?")
    with listening(visitor) as before:
        last = before.last
    answered(ticket, AWAY, dana)
    with running_front() as other:  # another process knows as much: all of it is in the database
        back = Browser(other.url, window, token=visitor.token)
        with listening(back, last=last) as heard:
            until(lambda: AWAY in heard.lines())
    with listening(visitor) as anew:  # without the last id, the history
        assert anew.lines() == ["Hello?", AWAY]


def test_a_stranger_hears_nothing_of_it(visitor: Browser, window: Inbox, dana: Agent, door: Door) -> None:
    ticket = asked(visitor.opens(), "Mine alone")
    stranger = Browser(door.url, window).opens()
    with listening(stranger) as heard:
        answered(ticket, "For you alone", dana)
        with listening(visitor) as mine:
            assert len(mine.lines()) == 2
        assert heard.lines() == []


def test_windows_that_wake_together_hear_each_their_own(window: Inbox, door: Door) -> None:
    browsers = [Browser(door.url, window).opens() for _ in range(4)]
    with ExitStack() as open_windows:
        streams = [open_windows.enter_context(listening(browser)) for browser in browsers]
        for number, browser in enumerate(browsers):
            assert browser.says(f"It is me, {number}", str(uuid.uuid4())).status_code == 200
        calls.take_all(now=timezone.now())  # one transaction, one NOTIFY, one question for all four
        until(lambda: all(heard.lines() for heard in streams))
        assert [heard.lines() for heard in streams] == [[f"It is me, {number}"] for number in range(4)]


def test_both_sides_see_that_the_other_is_there_and_types(
    visitor: Browser, window: Inbox, dana: Agent
) -> None:
    ticket = asked(visitor.opens(), "Hello?")
    with listening(visitor) as heard:
        until(lambda: (present := visitor_of(ticket, now=timezone.now())) and present.online)
        visitor.call("typing", {"typing": True})
        visitor.call("page", {"url": f"{SITE}/pay?card=1#x", "title": "Pay"})
        present = visitor_of(ticket, now=timezone.now())
        assert present is not None
        assert (present.typing, present.page_url, present.page_title) == (True, f"{SITE}/pay", "Pay")

        answer_is_typed(ticket, typed=True, by=dana, now=timezone.now())
        until(lambda: heard.state()["answering"] == "Dana")
        answer_is_typed(ticket, typed=False, by=dana, now=timezone.now())
        until(lambda: heard.state()["answering"] == "")
        look(ticket, by=dana, now=timezone.now())
        until(lambda: heard.state()["seen"])
    until(lambda: not (gone := visitor_of(ticket, now=timezone.now())) or not gone.online)


def test_whoever_is_no_longer_allowed_is_cut_off(visitor: Browser) -> None:
    with listening(visitor.opens()) as heard:
        Visitor.objects.update(closed_at=timezone.now())
        until(lambda: heard.over)
        assert heard.names()[-1] == "bye"
