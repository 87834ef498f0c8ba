"""Connections that are held for long, each by one worker of all: a thread for it, under an advisory lock.

The lock lives as long as the worker's own connection to the database. When a worker goes away, so does the lock, and
the next worker that looks takes over.
"""

from __future__ import annotations

import abc
import logging
import threading
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from heard.env import env

LOOK_EVERY_SECONDS = 5.0
THE_DATABASES = (DatabaseError, InterfaceError, psycopg.Error, OSError)

log = logging.getLogger(__name__)


class Overseer(threading.Thread, abc.ABC):
    """Sees to it that somebody holds whatever has to be held, here or in another worker."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.stopping = threading.Event()

    def stop(self) -> None:
        self.stopping.set()

    def run(self) -> None:
        while not self.stopping.wait(LOOK_EVERY_SECONDS):
            try:
                self.look()
            except THE_DATABASES:
                log.warning("%s: the database is away; looking again soon", self.name, exc_info=True)
            except Exception:
                log.exception("%s failed; trying again soon", self.name)
            finally:
                forget_connection()

    @abc.abstractmethod
    def look(self) -> None:
        """A holder for each that has none. One that finds its lock taken ends at once."""


class Holder(threading.Thread, abc.ABC):
    """`lock` is a pair of numbers, and nobody else's."""

    def __init__(self, name: str, *, lock: tuple[int, int], stopping: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.lock, self.stopping = lock, stopping
        self.failures = 0

    def run(self) -> None:
        try:
            with psycopg.connect(env().database_url, autocommit=True, connect_timeout=3) as held:
                if self._is_ours(held):
                    self.hold(held)
        except THE_DATABASES:
            log.warning("%s lost the database", self.name, exc_info=True)
        except Exception:
            log.exception("%s ended", self.name)
        finally:
            forget_connection()

    @abc.abstractmethod
    def hold(self, held: psycopg.Connection[Any]) -> None:
        """For as long as there is something to hold, `held` lives and nobody stops us."""

    def _is_ours(self, held: psycopg.Connection[Any]) -> bool:
        row = held.execute("SELECT pg_try_advisory_lock(%s, %s)", self.lock).fetchone()
        return bool(row and row[0])


def forget_connection() -> None:
    """Threads that rest for minutes keep no connection of the pool."""
    close_old_connections()
    connection.close()
