"""One stream an app over real HTTP: matches come in at once, and another worker takes over."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from heard.env import env
from heard.inboxes.credentials import credentials_of, store_credentials
from heard.inboxes.models import Inbox
from heard.ingest import holding, listen
from heard.ingest.listen import Listening, Stream, groups
from heard.ingest.look import look_at
from heard.ingest.models import ListenQuery, Look, RawCall
from heard.ingest.queries import add_query
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests.calls import take_all
from tests.cast import a_workspace, an_agent
from tests.front import until
from tests.small import Desk, a_small_network, says


class Air:
    """What is said at the network, by whoever listens."""

    def __init__(self, server: HTTPServer) -> None:
        self.said: queue.Queue[bytes | None] = queue.Queue()
        self.connections = 0
        self.rules: list[dict[str, str]] = []
        server.expect_request("/stream").respond_with_handler(self.stream)
        server.expect_request("/rules").respond_with_handler(self.agree)

    def stream(self, request: Request) -> Response:
        self.connections += 1
        return Response(self.lines(), content_type="application/json")

    def lines(self) -> Iterator[bytes]:
        yield b"\r\n"
        while True:
            try:
                line = self.said.get(timeout=0.05)
            except queue.Empty:
                yield b"\r\n"
                continue
            if line is None:
                return
            yield line + b"\r\n"

    def agree(self, request: Request) -> Response:
        self.rules = json.loads(request.data)["rules"]
        refused = {rule["tag"]: "Too vague." for rule in self.rules if rule["text"] == "the"}
        return Response(json.dumps({"refused": refused}), content_type="application/json")

    def says(self, id: str, text: str, *queries: ListenQuery) -> None:
        tags = ", ".join(query.tag for query in queries)
        self.said.put(says({"id": id, "kind": "mention", "text": text, "tag": tags}))

    def breaks(self) -> None:
        self.said.put(None)


@pytest.fixture
def network() -> Iterator[HTTPServer]:
    with HTTPServer(threaded=True) as server:
        yield server


@pytest.fixture
def air(network: HTTPServer) -> Air:
    return Air(network)


@pytest.fixture
def desk(transactional_db: None, network: HTTPServer, air: Air) -> Iterator[Desk]:
    with a_small_network(a_workspace(), network, hook_secret="streams") as desk:
        yield desk


@pytest.fixture
def ann(desk: Desk) -> Agent:
    return an_agent(desk.inbox.workspace, "Ann", Agent.Role.ADMIN)


@pytest.fixture
def acme(desk: Desk, ann: Agent) -> ListenQuery:
    return add_query(desk.inbox, name="Us", text="acme", by=ann, now=timezone.now())


@pytest.fixture
def listening(air: Air, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    for seldom in (holding, listen):
        monkeypatch.setattr(seldom, "LOOK_EVERY_SECONDS", 0.05)
    worker = Listening()
    worker.start()
    yield worker
    worker.stop()
    air.breaks()
    worker.join(10)
    for stream in worker.streams.values():
        stream.join(10)


def test_a_match_is_taken_in_as_it_is_said(
    desk: Desk, air: Air, acme: ListenQuery, listening: Listening
) -> None:
    air.says("p1", "acme is slow", acme)

    until(lambda: RawCall.objects.exists())
    take_all(now=timezone.now())

    assert Message.objects.get().text == "acme is slow"
    assert Message.objects.get().remark == "Us"
    until(lambda: Look.objects.get(query=acme).live_until)


def test_after_a_break_it_listens_again_and_a_search_fills_the_gap(
    desk: Desk, air: Air, acme: ListenQuery, listening: Listening
) -> None:
    # It lives only after it asked for the first search itself.
    until(lambda: Look.objects.get(query=acme).live_until)
    Look.objects.update(due_at=timezone.now() + timedelta(hours=1))

    air.breaks()
    until(lambda: air.connections == 2)
    until(lambda: Look.objects.get(query=acme).due_at <= timezone.now())
    desk.answers("search/acme/0", said=[{"id": "p2", "kind": "mention", "text": "missed", "tag": acme.tag}])
    look_at(desk.inbox, now=timezone.now())
    take_all(now=timezone.now())

    assert Message.objects.get().text == "missed"
    # Searching rests while the stream lives.
    until(lambda: Look.objects.get(query=acme).due_at > timezone.now() + timedelta(minutes=10))


def test_two_workers_make_one_connection_and_the_second_takes_over(
    desk: Desk, air: Air, acme: ListenQuery, listening: Listening
) -> None:
    with psycopg.connect(env().database_url, autocommit=True) as another_worker:
        until(lambda: air.connections == 1)
        other = Stream(next(iter(groups())), listening.stopping)
        other.start()
        other.join(10)
        assert air.connections == 1  # it found the app taken

        another_worker.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s",
            [listen.LOCKS],
        )
        until(lambda: air.connections == 2)


def test_inboxes_of_one_app_share_the_stream_and_each_gets_its_own(
    desk: Desk, air: Air, ann: Agent, acme: ListenQuery, listening: Listening
) -> None:
    other = Inbox.objects.create(workspace=ann.workspace, channel="small", account="acme-2", name="Two")
    store_credentials(
        other, credentials_of(desk.inbox).model_copy(update={"account": "acme-2"}), now=timezone.now()
    )
    boots = add_query(other, name="Boots", text="boots", by=ann, now=timezone.now())
    until(lambda: len(air.rules) == 2)

    air.says("p1", "boots", boots)
    air.says("p2", "acme boots", acme, boots)

    until(lambda: RawCall.objects.count() == 3)
    assert RawCall.objects.filter(inbox=other).count() == 2
    assert air.connections == 1


def test_a_query_that_the_network_refuses_says_why(
    desk: Desk, air: Air, ann: Agent, acme: ListenQuery, listening: Listening
) -> None:
    vague = add_query(desk.inbox, name="All", text="the", by=ann, now=timezone.now())

    until(lambda: ListenQuery.objects.get(pk=vague.pk).refused == "Too vague.")
    assert ListenQuery.objects.get(pk=acme.pk).refused == ""


def test_pauses_grow_as_the_network_wants_them_to() -> None:
    quick, asked = Stream("a", Listening().stopping), Stream("b", Listening().stopping)

    assert [quick._pause(None).total_seconds() for _ in range(3)] == [0, 0.25, 0.5]
    assert [asked._pause(timedelta(seconds=5)).total_seconds() for _ in range(8)][-1] == 320
    assert asked._pause(timedelta(minutes=15)) == timedelta(minutes=15)
