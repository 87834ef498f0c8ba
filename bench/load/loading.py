"""Bring a made-up desk into the database as quickly as PostgreSQL takes it: COPY first, indexes after."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from bench.house import House
from bench.load import desk
from bench.load.desk import Desk, Ground, Lines, Size
from bench.load.words import Writer
from heard.embedded import APP
from heard.tickets.models import Ticket
from heard.workspaces.create import number_sequence
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent, an_inbox

AGENTS = 20
LOADED = (
    "contacts_contact",
    "contacts_identity",
    "tickets_post",
    "tickets_ticket",
    "tickets_thread",
    "tickets_message",
    "events_eventrecord",
)
Connection = psycopg.Connection[Any]


def load(house: House, size: Size, *, seed: int = 1) -> float:
    """Gives the seconds it took. The house must be new."""
    began = time.perf_counter()
    ground = _ground()
    with psycopg.connect(house.server.admin_address(APP), autocommit=True) as connection:
        # The superuser's way past the foreign keys: five million rows would be checked nine times each.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '1GB'")
        with _without_indexes(connection):
            _people_and_posts(connection, size, ground, Writer(seed))
            _tickets(connection, size, ground, Writer(seed + 1))
        _count_on(connection, ground)
        connection.execute("VACUUM (ANALYZE)")
    return time.perf_counter() - began


def loaded_desk(house: House, size: Size) -> Agent:
    """An agent of the desk that was loaded before, or else of one of this size, loaded now."""
    if not Ticket.objects.exists():
        load(house, size)
    return Agent.objects.select_related("user", "workspace").earliest("pk")


def _ground() -> Ground:
    workspace = a_workspace("Acme")
    inboxes = [
        an_inbox(workspace, "facebook" if place % 2 else "messenger", account=f"1045{place:02d}")
        for place in range(len(desk.INBOX_SHARES))
    ]
    agents = [an_agent(workspace, f"Agent {place}") for place in range(AGENTS)]
    return Ground(workspace.pk, [inbox.pk for inbox in inboxes], [agent.pk for agent in agents])


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """All that no constraint stands on are dropped, and made again over the full tables."""
    rows = connection.execute(
        """
        SELECT found.indexname, found.indexdef FROM pg_indexes AS found
        WHERE found.tablename = ANY(%s) AND NOT EXISTS (
            SELECT FROM pg_constraint
            WHERE conname = found.indexname OR conindid = format('%%I', found.indexname)::regclass
        )
        """,
        [list(LOADED)],
    ).fetchall()
    for name, _definition in rows:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _name, definition in rows:
        connection.execute(definition)


def _people_and_posts(connection: Connection, size: Size, ground: Ground, writer: Writer) -> None:
    everybody = list(desk.contacts(size, ground, writer))
    _copy(connection, "contacts_contact", desk.CONTACTS, (contact for contact, _ in everybody))
    _copy(connection, "contacts_identity", desk.IDENTITIES, (identity for _, identity in everybody))
    _copy(connection, "tickets_post", desk.POSTS, desk.posts(size, ground, writer))


def _tickets(connection: Connection, size: Size, ground: Ground, writer: Writer) -> None:
    for block in Desk(size, ground, writer).blocks():
        _copy_block(connection, block)


def _copy_block(connection: Connection, block: Lines) -> None:
    _copy(connection, "tickets_ticket", desk.TICKETS, block.tickets)
    _copy(connection, "tickets_thread", desk.THREADS, block.threads)
    _copy(connection, "tickets_message", desk.MESSAGES, block.messages)
    _copy(connection, "events_eventrecord", desk.EVENTS, block.events)


def _copy(connection: Connection, table: str, columns: LiteralString, lines: Iterable[str]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), sql.SQL(columns))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("".join(lines))


def _count_on(connection: Connection, ground: Ground) -> None:
    """Sequences go on behind what was loaded, as they would have."""
    for table in LOADED:
        connection.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT coalesce(max(id), 1) FROM {}))"
            ).format(sql.Literal(table), sql.Identifier(table))
        )
    connection.execute(
        "SELECT setval(%s, (SELECT max(number) FROM tickets_ticket))", [number_sequence(ground.workspace)]
    )
