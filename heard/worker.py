"""The worker: takes in what arrived, runs the jobs, wakes what was put off, shows that it lives."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from procrastinate import App
from procrastinate.jobs import DeleteJobCondition

from heard.env import env
from heard.garbage import look_rarely
from heard.ingest.heartbeat import note_heartbeat
from heard.ingest.idle import Waiting
from heard.ingest.listen import Listening
from heard.ingest.store import INTAKE_CHANNEL
from heard.ingest.take_in import take_in
from heard.jobs import rescue_stalled, worker_app
from heard.language.detect import detect
from heard.language.second_opinion import let_go
from heard.tickets.follow_up import show_due
from heard.tickets.pending.leave import leave_due
from heard.tickets.remind_of_calls import remind_of_calls
from heard.tickets.snooze import wake_due

# The net below the bell: a NOTIFY may be lost, a second is not too long then.
LOOK_EVERY_SECONDS = 1.0
# After few. Two dozen questions take in one message or twenty of them: where customers write all the
# time, what comes in the meantime goes together. Whoever writes into a silence does not wait for it.
GATHER_SECONDS = 0.1
FEW = 50
AWAY_SECONDS = 1.0
REST_AFTER_SECONDS = 10.0
JOBS_AT_ONCE = 8
RESCUE_EVERY_SECONDS = 10.0
STOP_WITHIN_SECONDS = 25

log = logging.getLogger(__name__)


class Intake(threading.Thread):
    """Takes calls in as they come, until told to stop."""

    def __init__(self) -> None:
        super().__init__(name="intake", daemon=True)
        self.stopping = threading.Event()
        self._bell: psycopg.Connection[Any] | None = None
        self._next_look = 0.0
        self._rest_at: float | None = 0.0

    def stop(self) -> None:
        self.stopping.set()

    def run(self) -> None:
        detect("Hello")  # loads its models, which the first customer of the day should not wait for
        while not self.stopping.is_set():
            try:
                self._take_all()
                self._look_at_the_clock()
                self._wait()
            except (DatabaseError, InterfaceError, psycopg.Error, OSError):
                log.warning("the database is away; looking again in a second", exc_info=True)
                self._forget_connections()
                self.stopping.wait(AWAY_SECONDS)
            except Exception:
                # The calls are stored and wait; a worker that stops would lose nothing and help nobody.
                log.exception("taking in failed; trying again in a second")
                self.stopping.wait(AWAY_SECONDS)
        self._forget_connections()

    def _take_all(self) -> None:
        taken = 0
        while not self.stopping.is_set() and (some := take_in(now=timezone.now())):
            taken += some
            self._rest_at = time.monotonic() + REST_AFTER_SECONDS
        if 0 < taken < FEW:
            self.stopping.wait(GATHER_SECONDS)

    def _look_at_the_clock(self) -> None:
        """What was put off comes back; however often the bell rings, once a second is enough."""
        if time.monotonic() < self._next_look:
            return
        wake_due(now=timezone.now())
        leave_due(now=timezone.now())
        show_due(now=timezone.now())
        remind_of_calls(now=timezone.now())
        note_heartbeat(now=timezone.now())
        if self._rest_at is not None and time.monotonic() > self._rest_at:
            let_go()
            self._rest_at = None
        self._next_look = time.monotonic() + LOOK_EVERY_SECONDS

    def _wait(self) -> None:
        if self._bell is None or self._bell.closed:
            self._bell = psycopg.connect(env().database_url, autocommit=True, connect_timeout=3)
            self._bell.execute(f"LISTEN {INTAKE_CHANNEL}")
            return  # what came before we listened rang for nobody
        next(self._bell.notifies(timeout=LOOK_EVERY_SECONDS, stop_after=1), None)

    def _forget_connections(self) -> None:
        if self._bell is not None:
            self._bell.close()
        self._bell = None
        close_old_connections()
        connection.close()


def run_worker() -> None:
    """Until SIGTERM or SIGINT; then finishes what is under way, 25 seconds at the most."""
    intake, listening, waiting = Intake(), Listening(), Waiting()
    look_rarely()
    intake.start()
    listening.start()
    waiting.start()
    try:
        asyncio.run(_run_jobs())
    finally:
        # A stream may be silent for long: it ends with this process, and another worker takes it over.
        listening.stop()
        waiting.stop()
        intake.stop()
        intake.join(timeout=STOP_WITHIN_SECONDS)


async def _run_jobs() -> None:
    """procrastinate gives up when the database goes away; then we begin again."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopping.set)
    while not stopping.is_set():
        jobs = asyncio.create_task(_jobs())
        asked = asyncio.create_task(stopping.wait())
        await asyncio.wait({jobs, asked}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.is_set():
            jobs.cancel()
        asked.cancel()
        try:
            await jobs
        except asyncio.CancelledError:
            return
        except Exception:
            log.warning("the jobs stopped; beginning again in a second", exc_info=True)
            await asyncio.sleep(AWAY_SECONDS)


async def _jobs() -> None:
    working = worker_app()
    async with working.open_async():
        rescuing = asyncio.create_task(_rescue_now_and_then(working))
        try:
            await working.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                install_signal_handlers=False,
                # A job for later rings no bell: this is how late it may start.
                fetch_job_polling_interval=0.5,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                shutdown_graceful_timeout=STOP_WITHIN_SECONDS,
            )
        finally:
            rescuing.cancel()


async def _rescue_now_and_then(working: App) -> None:
    while True:
        try:
            await rescue_stalled(working)
        except Exception:
            log.warning("looking for lost jobs failed; trying again", exc_info=True)
        await asyncio.sleep(RESCUE_EVERY_SECONDS)
