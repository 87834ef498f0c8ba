"""The event stream over real HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from heard.accounts.models import User
from heard.realtime.announce import MOST_TICKETS, announce
from heard.realtime.keys import BadKey, opened_key, stream_key
from heard.realtime.watch import CHECK_EVERY_SECONDS, MOST_UNREAD, Watcher
from heard.tickets.note import note
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, a_workspace, an_agent, an_inbox
from tests.front import Door, running_front, until


class Listener:
    """One open stream, read event by event."""

    def __init__(self, door: Door, agent: Agent, *, key: str = "", session: str = "") -> None:
        self.session = session or _session()
        key = key or stream_key(agent.pk, agent.workspace_id, self.session)
        self._line = http.client.HTTPConnection("127.0.0.1", door.port, timeout=8)
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        self._line.request("GET", f"/live?key={quote(key)}", headers={"Cookie": cookie})
        self._socket = self._line.sock
        self.answer = self._line.getresponse()

    def next(self) -> tuple[str, dict[str, object]]:
        """The next event. ConnectionError at the end of the stream, TimeoutError when nothing comes."""
        fields: dict[str, str] = {}
        while True:
            line = self.answer.readline().decode()
            if not line:
                raise ConnectionError("the stream ended")
            if line == "\n" and "event" in fields:
                return fields["event"], json.loads(fields["data"])
            name, _, value = line.rstrip("\n").partition(": ")
            fields[name] = value

    def hears_nothing(self, seconds: float = 0.4) -> bool:
        """Reading ends the use of this stream: its half-read events are gone."""
        self._socket.settimeout(seconds)
        try:
            self.next()
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        self._line.close()


@pytest.fixture
def door(transactional_db: None) -> Iterator[Door]:
    with running_front() as door:
        yield door


@pytest.fixture
def shop(door: Door) -> Network:
    """Acme's page; the front listens to the database already."""
    until(_listening)
    return Network(an_inbox(a_workspace("Acme")))


@pytest.fixture
def bea(shop: Network) -> Agent:
    return an_agent(shop.inbox.workspace, "Bea")


def test_a_change_reaches_the_open_page_once_it_is_committed(door: Door, shop: Network, bea: Agent) -> None:
    ticket = a_ticket(shop, said="Where is my parcel?")
    early, listener = Listener(door, bea), Listener(door, bea)
    assert listener.answer.getheader("content-type") == "text/event-stream; charset=utf-8"
    assert early.next()[0] == listener.next()[0] == "hello"

    with transaction.atomic():
        note(ticket, text="Called the carrier.", by=bea, now=timezone.now())
        assert early.hears_nothing()

    kind, change = listener.next()
    assert (kind, change["workspace"], change["tickets"]) == ("change", bea.workspace_id, [ticket.pk])
    _close(early, listener)


def test_one_transaction_is_one_event(door: Door, shop: Network, bea: Agent) -> None:
    tickets = [a_ticket(shop, said=word, by=word) for word in ("One", "Two")]
    listener = Listener(door, bea)
    listener.next()

    with transaction.atomic():
        for ticket in tickets:
            note(ticket, text="noted", by=bea, now=timezone.now())
    with transaction.atomic():
        announce([(bea.workspace_id, None)])

    assert listener.next()[1]["tickets"] == sorted(ticket.pk for ticket in tickets)
    assert listener.next()[1]["tickets"] == []
    _close(listener)


def test_a_change_of_very_many_tickets_tells_to_look_at_all(door: Door, shop: Network, bea: Agent) -> None:
    listener = Listener(door, bea)
    listener.next()

    with transaction.atomic():
        announce((bea.workspace_id, n) for n in range(MOST_TICKETS + 1))

    change = listener.next()[1]
    assert (change["tickets"], change["all"]) == ([], True)
    _close(listener)


def test_another_workspace_hears_nothing(door: Door, shop: Network, bea: Agent) -> None:
    stranger = Listener(door, an_agent(a_workspace("Other"), "Cyril"))
    stranger.next()

    note(a_ticket(shop, said="Secret"), text="noted", by=bea, now=timezone.now())

    assert stranger.hears_nothing()
    _close(stranger)


def test_whoever_signs_out_or_is_let_go_hears_no_more(door: Door, shop: Network, bea: Agent) -> None:
    oto, ann = an_agent(bea.workspace, "Oto"), an_agent(bea.workspace, "Ann")
    out, old, let_go, stays = (Listener(door, who) for who in (bea, bea, oto, ann))
    locked_out = Listener(door, an_agent(bea.workspace, "Eve"))
    for listener in (out, old, let_go, locked_out, stays):
        listener.next()
    began = timezone.now()

    Session.objects.filter(session_key=out.session).delete()
    Session.objects.filter(session_key=old.session).update(expire_date=timezone.now())
    Agent.objects.filter(pk=oto.pk).update(is_active=False)
    User.objects.filter(name="Eve").update(is_active=False)

    assert {listener.next()[0] for listener in (out, old, let_go, locked_out)} == {"bye"}
    assert timezone.now() - began < timedelta(seconds=CHECK_EVERY_SECONDS + 2)
    assert stays.hears_nothing(0.1)
    _close(out, old, let_go, locked_out, stays)


def test_a_key_opens_nothing_without_its_session(door: Door, shop: Network, bea: Agent) -> None:
    own, others, dead = _session(), _session(), _session()
    Session.objects.filter(session_key=dead).delete()
    right = stream_key(bea.pk, bea.workspace_id, own)
    forged = right[:-3] + ("abc" if not right.endswith("abc") else "xyz")

    for key, session in (
        (forged, own),
        ("nonsense", own),
        ("\x00", own),
        (right, others),
        (stream_key(bea.pk, bea.workspace_id, dead), dead),
        (stream_key(bea.pk, bea.workspace_id, ""), "nobody"),
        (stream_key(0, bea.workspace_id, own), own),
    ):
        listener = Listener(door, bea, key=key, session=session)
        assert listener.answer.status == 204, key
        _close(listener)


def test_a_key_is_good_for_a_day() -> None:
    with time_machine.travel("2026-11-02T12:00:00Z", tick=False):
        key = stream_key(1, 2, "s")
        assert opened_key(key, session_key="s") == (1, 2)
    with time_machine.travel("2026-11-03T12:00:02Z", tick=False), pytest.raises(BadKey):
        opened_key(key, session_key="s")


def test_two_hundred_open_pages_hold_no_connection_to_the_database(
    door: Door, shop: Network, bea: Agent
) -> None:
    session = _session()
    listeners = [Listener(door, bea, session=session) for _ in range(200)]
    assert {listener.next()[0] for listener in listeners} == {"hello"}

    until(lambda: _connections() == 1)
    note(a_ticket(shop, said="Hi"), text="noted", by=bea, now=timezone.now())

    assert {listener.next()[0] for listener in listeners} == {"change"}
    _close(*listeners)


def test_whoever_reads_slowly_is_told_to_look_at_everything() -> None:
    watcher = Watcher(1, 2, "s")

    for n in range(MOST_UNREAD + 1):
        watcher.tell({"workspace": 2, "tickets": [n], "id": n})

    assert watcher.changes.qsize() == 1
    assert watcher.changes.get_nowait() == {"workspace": 2, "tickets": [], "all": True, "id": MOST_UNREAD}


def test_a_full_queue_still_hears_that_it_is_over() -> None:
    watcher = Watcher(1, 2, "s")
    for n in range(MOST_UNREAD):
        watcher.tell({"workspace": 2, "tickets": [n]})

    watcher.tell(None)

    assert watcher.changes.get_nowait() is None


def test_after_the_database_was_away_every_page_looks_at_everything(
    door: Door, shop: Network, bea: Agent
) -> None:
    listener = Listener(door, bea)
    listener.next()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'heard stream' AND datname = current_database()"
        )

    change = listener.next()[1]
    assert (change["tickets"], change["all"]) == ([], True)
    _close(listener)


def test_a_deploy_says_good_bye(transactional_db: None) -> None:
    with running_front() as door:
        listener = Listener(door, an_agent(a_workspace("Acme"), "Bea"))
        listener.next()

    assert listener.next()[0] == "bye"
    _close(listener)


def _close(*listeners: Listener) -> None:
    for listener in listeners:
        listener.close()


def _session() -> str:
    store = SessionStore()
    store.create()
    assert store.session_key is not None
    return store.session_key


def _listening() -> int:
    return _count("query LIKE 'LISTEN%%'")


def _connections() -> int:
    return _count("true")


def _count(what: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            f" AND application_name = 'heard stream' AND {what.replace('%%', '%')}"
        )
        return int(cursor.fetchone()[0])
