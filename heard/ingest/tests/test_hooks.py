"""The receiver over real HTTP: what was answered with 200 is stored, and nothing is answered with a crash."""

from __future__ import annotations

import concurrent.futures
import socket
import time

import psycopg
import pytest
from django.db import connection
from pydantic import SecretStr

from heard.channels.meta.simulator import signed
from heard.channels.registry import channel
from heard.channels.viber import signature as viber_signature
from heard.env import env
from heard.inboxes.credentials import credentials_of, store_credentials
from heard.inboxes.models import Inbox, InboxHealth, InboxSecret
from heard.ingest import hooks
from heard.ingest.models import LedgerLine, RawCall
from heard.tickets.models import Message
from heard.workspaces.models import Workspace
from tests import calls
from tests.cast import NOON, SECRETS, Network, reloaded
from tests.front import Door, hook_of, running_front, until

MALFORMED = {
    "empty": b"",
    "not JSON": b"hello",
    "invalid UTF-8": b'{"object": "\xff\xfe"}',
    "UTF-16": '{"object": "page"}'.encode("utf-16"),
    "NaN": b'{"object": "page", "entry": NaN}',
    "Infinity": b'{"object": "page", "entry": -Infinity}',
    "1e400": b'{"object": "page", "entry": [{"id": 1e400}]}',
    "lone surrogate": rb'{"object": "page", "entry": "\ud800"}',
    "NUL": rb'{"object": "page\u0000", "entry": [{"id": "\u0000"}]}',
    "raw NUL": b'{"object": "pa\x00ge"}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "endless integer": b'{"object": "page", "entry": [{"id": ' + b"9" * 5_000 + b"}]}",
    "array": b"[]",
    "number": b"1",
    "null": b"null",
    "entries of wrong types": b'{"object": "page", "entry": [null, 1, "x", [], {"id": {}}]}',
    "changes of wrong types": b'{"object": "page", "entry": [{"id": "1", "changes": [1, {"field": []}]}]}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}


def test_a_signed_call_is_answered_when_it_is_stored(door: Door, shop: Network) -> None:
    body = calls.body_of(calls.comment("c1", "Where is my parcel?", at=NOON))

    assert door.post(shop.inbox, body) == 200

    assert bytes(RawCall.objects.get().body) == body


def test_a_call_that_nobody_signed_leaves_nothing_but_a_count(door: Door, shop: Network) -> None:
    body = calls.body_of(calls.comment("c1", "Hi", at=NOON))

    assert door.post(shop.inbox, body, secret="another") == 401

    until(lambda: InboxHealth.objects.get().bad_signatures == 1)
    assert InboxHealth.objects.get().last_bad_signature_at is not None
    assert not RawCall.objects.exists()


def test_a_call_signed_with_new_credentials_is_believed_at_once(door: Door, shop: Network) -> None:
    body = calls.body_of(calls.comment("c1", "Where is my parcel?", at=NOON))
    assert door.post(shop.inbox, body) == 200
    new = SecretStr("quite new")
    changed = credentials_of(shop.inbox).model_copy(update={"app_secret": new})
    store_credentials(shop.inbox, changed, now=NOON)

    until(lambda: door.post(shop.inbox, body, secret="quite new") == 200, seconds=2)


def test_an_unknown_address_is_not_found(door: Door, shop: Network) -> None:
    for path in (
        "/hooks/facebook/unknown",
        f"/hooks/messenger/{shop.inbox.key}",
        f"/hooks/nowhere/{shop.inbox.key}",
        "/hooks/facebook/",
        "/hooks/facebook/a/b",
        "/hooks/facebook/%00",
        "/hooks/facebook/%FF%FE",
        "/hooks/facebook/" + "x" * 5_000,
    ):
        for method in ("POST", "GET"):
            assert _status(door, method, path) == 404, path


def test_other_methods_are_refused(door: Door, shop: Network) -> None:
    assert _status(door, "PUT", hook_of(shop.inbox)) == 405


def test_a_handshake_is_answered_with_its_challenge(door: Door, shop: Network) -> None:
    asked = f"{hook_of(shop.inbox)}?hub.mode=subscribe&hub.challenge=4711&hub.verify_token="
    line = door.connection()

    line.request("GET", asked + SECRETS["verify_token"])
    answer = line.getresponse()

    assert (answer.status, answer.read()) == (200, b"4711")
    assert _status(door, "GET", asked + "wrong") in (403, 404)
    assert _status(door, "GET", hook_of(shop.inbox)) in (400, 403, 404)


def test_a_call_that_is_too_large_is_refused_before_its_end(shop: Network) -> None:
    with running_front(body_limit=10_000) as door:
        sent = _drip(door, shop, head="Content-Length: 400000000", parts=10_000)

    assert sent.status == 413
    assert sent.bytes < 5_000_000
    until(lambda: InboxHealth.objects.get().last_refused_reason == "too_large")
    assert not RawCall.objects.exists()


def test_a_call_of_exactly_the_limit_is_taken(shop: Network) -> None:
    with running_front(body_limit=10_000) as door:
        assert door.post(shop.inbox, b"x" * 10_000) == 200
        assert door.post(shop.inbox, b"x" * 10_001) == 413


def test_a_body_in_pieces_is_put_together(door: Door, shop: Network) -> None:
    body = calls.body_of(calls.comment("c1", "Where is my parcel?", at=NOON))
    line = door.connection()

    pieces = (body[start : start + 7] for start in range(0, len(body), 7))
    line.request("POST", hook_of(shop.inbox), pieces, signed(body, SECRETS["app_secret"]))

    answer = line.getresponse()
    assert (answer.status, answer.read()) == (200, b"ok")
    assert bytes(RawCall.objects.get().body) == body
    # The same connection is good for the next call, whether or not its length is told beforehand.
    line.request("POST", hook_of(shop.inbox), body, signed(body, SECRETS["app_secret"]))
    assert line.getresponse().status == 200
    assert [bytes(call.body) for call in RawCall.objects.all()] == [body, body]


def test_a_body_that_does_not_come_is_not_waited_for(shop: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "BODY_SECONDS", 0.2)
    with running_front() as door:
        assert _drip(door, shop, head="Content-Length: 100", parts=1).status == 408
    assert InboxHealth.objects.get().last_refused_reason == "too_slow"


def test_a_caller_who_goes_away_leaves_nothing(door: Door, shop: Network) -> None:
    with socket.create_connection(("127.0.0.1", door.port)) as line:
        line.sendall(
            f"POST {hook_of(shop.inbox)} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab".encode()
        )

    assert door.post(shop.inbox, b"{}") == 200
    assert RawCall.objects.count() == 1


def test_nonsense_is_stored_counted_and_never_a_crash(door: Door, shop: Network) -> None:
    for n, body in enumerate(MALFORMED.values()):
        good = calls.body_of(calls.comment(f"c{n}", "Where is my parcel?", at=NOON, by=f"p{n}"))
        assert (door.post(shop.inbox, body), door.post(shop.inbox, good)) == (200, 200)

    calls.take_all(now=NOON)

    bad = RawCall.objects.order_by("id")[::2]
    for kind, call in zip(MALFORMED, bad, strict=True):
        places = set(LedgerLine.objects.filter(raw_call=call).values_list("place", flat=True))
        assert places, kind
        assert places <= {"ignored", "quarantined"}, kind
    assert Message.objects.count() == len(MALFORMED)


def test_a_full_queue_asks_the_network_to_come_again(shop: Network) -> None:
    with running_front(room=2) as door, psycopg.connect(env().database_url) as lock:
        lock.execute("LOCK TABLE ingest_rawcall IN ACCESS EXCLUSIVE MODE")
        with concurrent.futures.ThreadPoolExecutor(12) as many:
            answers = [many.submit(door.post, shop.inbox, b"{}") for _ in range(12)]
            until(lambda: sum(answer.done() for answer in answers) >= 8)
            assert {answer.result() for answer in answers if answer.done()} == {503}
            lock.rollback()
            assert [answer.result() for answer in answers].count(200) == RawCall.objects.count() > 0


def test_many_calls_share_a_commit(shop: Network) -> None:
    with running_front() as door, psycopg.connect(env().database_url) as lock:
        lock.execute("LOCK TABLE ingest_rawcall IN ACCESS EXCLUSIVE MODE")
        with concurrent.futures.ThreadPoolExecutor(30) as many:
            answers = [many.submit(door.post, shop.inbox, b"{}") for _ in range(30)]
            store = door.front.hooks.store
            until(lambda: len(store._waiting) >= 25)
            lock.rollback()
            assert {answer.result() for answer in answers} == {200}

    commits = RawCall.objects.values("received_at").distinct().count()
    assert commits <= 6


def test_one_call_that_cannot_be_stored_does_not_cost_its_neighbours(shop: Network) -> None:
    gone = Network(Inbox.objects.create(workspace=shop.inbox.workspace, channel="messenger", account="9"))
    InboxHealth.objects.create(inbox=gone.inbox, workspace=shop.inbox.workspace)
    _give_secret(gone.inbox, shop.inbox)
    with running_front() as door:
        assert door.post(gone.inbox, b"{}") == 200
        RawCall.objects.all().delete()
        gone_hook = reloaded(gone.inbox)
        with psycopg.connect(env().database_url) as lock:
            lock.execute("LOCK TABLE ingest_rawcall IN ACCESS EXCLUSIVE MODE")
            with concurrent.futures.ThreadPoolExecutor(9) as many:
                first = many.submit(door.post, shop.inbox, b"{}")
                until(lambda: _busy(lock))
                good = [many.submit(door.post, shop.inbox, b"{}") for _ in range(6)]
                bad = many.submit(door.post, gone_hook, b"{}")
                until(lambda: len(door.front.hooks.store._waiting) >= 7)
                lock.execute("DELETE FROM inboxes_inboxsecret WHERE inbox_id = %s", [gone_hook.pk])
                lock.execute("DELETE FROM inboxes_inboxhealth WHERE inbox_id = %s", [gone_hook.pk])
                lock.execute("DELETE FROM inboxes_inbox WHERE id = %s", [gone_hook.pk])
                lock.commit()
                assert {one.result() for one in (first, *good)} == {200}
                assert bad.result() == 503
    assert RawCall.objects.count() == 7


def test_the_database_may_go_and_come_back(door: Door, shop: Network) -> None:
    assert door.post(shop.inbox, b"{}") == 200
    _cut_connections()

    answers = [door.post(shop.inbox, b"{}") for _ in range(4)]

    assert set(answers) <= {200, 503}
    assert answers[-1] == 200
    assert RawCall.objects.count() == 1 + answers.count(200)


def test_credentials_that_cannot_be_opened_ask_the_network_to_come_again(door: Door, shop: Network) -> None:
    InboxSecret.objects.update(sealed=b"sealed with a key that is lost")

    assert door.post(shop.inbox, b"{}") == 503


def test_after_a_flood_of_nonsense_a_good_call_is_quick(door: Door, shop: Network) -> None:
    for _ in range(40):
        door.post(shop.inbox, b"[" * 1_000, secret="wrong")

    began = time.monotonic()
    assert door.post(shop.inbox, b"{}") == 200
    assert time.monotonic() - began < 5


class _Sent:
    def __init__(self, status: int, count: int) -> None:
        self.status, self.bytes = status, count


def _drip(door: Door, shop: Network, *, head: str, parts: int) -> _Sent:
    """Send a body piece by piece until the answer comes."""
    with socket.create_connection(("127.0.0.1", door.port), timeout=10) as line:
        line.sendall(f"POST {hook_of(shop.inbox)} HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())
        line.setblocking(False)
        count, end = 0, time.monotonic() + 10
        while time.monotonic() < end:
            try:
                if answer := line.recv(100):
                    return _Sent(int(answer.split()[1]), count)
            except BlockingIOError:
                pass
            if count < parts * 1_000:
                try:
                    count += line.send(b"x" * min(1_000, 99) if parts == 1 else b"x" * 1_000)
                except BlockingIOError:
                    pass
                except ConnectionError:
                    continue
            if parts == 1:
                parts = 0
            time.sleep(0.0005)
    raise TimeoutError("no answer came")


def _status(door: Door, method: str, path: str) -> int:
    line = door.connection()
    try:
        line.request(method, path, b"" if method != "GET" else None)
        return line.getresponse().status
    finally:
        line.close()


def _give_secret(to: Inbox, like: Inbox) -> None:
    credentials = channel(to.channel).credentials.model_validate({"account": to.account, **SECRETS})
    store_credentials(to, credentials, now=like.created_at)


def _busy(lock: psycopg.Connection[tuple[object, ...]]) -> bool:
    row = lock.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return bool(row and row[0])


def _cut_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE 'heard hooks%'"
        )


def test_a_signature_may_stand_in_the_address(door: Door, acme: Workspace) -> None:
    """Some of Viber's deployments put it there."""
    inbox = Inbox.objects.create(workspace=acme, channel="viber", account="1", name="Acme bot")
    InboxHealth.objects.create(inbox=inbox, workspace=acme)
    token = SecretStr("token-of-the-bot")
    given = {"account": "1", "auth_token": token, "sender_name": "Acme"}
    credentials = channel("viber").credentials.model_validate(given)
    store_credentials(inbox, credentials, now=NOON)
    body = b'{"event":"webhook","timestamp":1791000000000,"message_token":1}'

    for signature, status in ((viber_signature.sign(body, token), 200), ("0" * 64, 401)):
        connection = door.connection()
        connection.request("POST", f"{hook_of(inbox)}?sig={signature}", body)
        assert connection.getresponse().status == status
        connection.close()
