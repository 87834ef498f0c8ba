from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from heard.env import env
from heard.ingest.heartbeat import intake_lives
from heard.ingest.models import RawCall
from heard.ingest.store import INTAKE_CHANNEL
from heard.jobs import DEAD_AFTER_SECONDS, rescue_stalled, worker_app
from heard.outbox.wake import wake_outbox
from heard.tickets.models import Message
from heard.worker import Intake
from tests import calls
from tests.apart import run_apart
from tests.cast import NOON, Network, a_workspace, an_inbox
from tests.front import until


@pytest.fixture
def shop(transactional_db: None) -> Network:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    return Network(an_inbox(a_workspace("Acme")))


@pytest.fixture
def intake(shop: Network) -> Iterator[Intake]:
    intake = Intake()
    intake.start()
    yield intake
    intake.stop()
    intake.join(10)
    assert not intake.is_alive()


def test_the_intake_wakes_at_the_bell_and_shows_that_it_lives(shop: Network, intake: Intake) -> None:
    until(lambda: intake_lives(now=timezone.now()))
    until(_listening)

    calls.stored(shop.inbox, calls.comment("c1", "Hi", at=NOON), now=timezone.now())
    _ring()

    until(lambda: Message.objects.exists())


def test_a_bell_that_was_not_heard_costs_a_moment(shop: Network, intake: Intake) -> None:
    until(_listening)

    calls.stored(shop.inbox, calls.comment("c1", "Hi", at=NOON), now=timezone.now())

    until(lambda: Message.objects.exists())


def test_the_intake_goes_on_when_the_database_comes_back(shop: Network, intake: Intake) -> None:
    until(_listening)
    with psycopg.connect(env().database_url, autocommit=True) as admin:
        _end_sessions(admin)
        admin.execute(
            "INSERT INTO ingest_rawcall (workspace_id, inbox_id, headers, body, received_at, duplicates)"
            " VALUES (%s, %s, '{}', %b, now(), 0)",
            (
                shop.inbox.workspace_id,
                shop.inbox.pk,
                calls.body_of(calls.comment("c1", "Hi", at=NOON)),
            ),
        )
        connection.close()

    until(lambda: Message.objects.exists())
    assert not RawCall.objects.filter(taken_in_at=None).exists()


def test_a_pool_full_of_connections_that_are_gone_gives_one_at_once(transactional_db: None) -> None:
    with ThreadPoolExecutor(6) as threads:
        together = Barrier(6)
        list(threads.map(lambda _number: _held(together), range(6)))
    _end_every_session()
    connection.close()

    begun = time.monotonic()
    assert not Message.objects.exists()
    assert time.monotonic() - begun < 1  # the pool's own way is a second for the first and two for the next


def test_bells_for_the_same_second_are_one_job(shop: Network) -> None:
    for _ in range(5):
        wake_outbox(shop.inbox.pk, at=NOON)
    wake_outbox(shop.inbox.pk, at=NOON.replace(second=1))

    assert _jobs() == [("todo",), ("todo",)]


def test_a_job_whose_worker_died_runs_again(shop: Network) -> None:
    wake_outbox(shop.inbox.pk, at=NOON)
    _begin_and_die()

    assert _rescue() == 1

    assert _jobs() == [("todo",)]
    assert _rescue() == 0


def test_a_lost_job_gives_way_to_one_that_waits_for_the_same(shop: Network) -> None:
    wake_outbox(shop.inbox.pk, at=NOON)
    _begin_and_die()
    wake_outbox(shop.inbox.pk, at=NOON)

    _rescue()

    assert _jobs() == [("todo",)]


def _listening() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = %s",
            [f"LISTEN {INTAKE_CHANNEL}"],
        )
        return bool(cursor.fetchone()[0])


def _held(together: Barrier) -> None:
    """One connection of the pool, kept until every thread has one."""
    connection.ensure_connection()
    together.wait(10)
    connection.close()


def _end_every_session() -> None:
    with psycopg.connect(env().database_url, autocommit=True) as admin:
        _end_sessions(admin)


def _end_sessions(admin: psycopg.Connection[Any]) -> None:
    admin.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )


def _ring() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {INTAKE_CHANNEL}")


def _jobs() -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def _begin_and_die() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [DEAD_AFTER_SECONDS + 5],
        )
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])


def _rescue() -> int:
    async def rescue() -> int:
        working = worker_app()
        async with working.open_async():
            return await rescue_stalled(working)

    assert app.tasks
    return run_apart(rescue())
