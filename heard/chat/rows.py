"""What the window asks of the database, in plain SQL: it is asked by many at once, and without Django."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from heard.buckets.shared import TAKEN, WAIT
from heard.chat.hours import Hours, Week, hours_at, hours_of_workspace_at
from heard.realtime.announce import CHANNEL

POOL = 4
WAIT_SECONDS = 5.0
FRESH_SECONDS = 3.0
MOST_KNOWN = 10_000
# What became visible while we looked the other way: a commit may come later than the time that it bears.
OVERLAP = "interval '30 seconds'"
AT_ONCE = 200
PAGE = 50

AWAY = (psycopg.Error, PoolTimeout, OSError)

_WIDGET = """
    SELECT inbox.id AS inbox_id, inbox.workspace_id, inbox.key, inbox.channel, inbox.name, inbox.state,
        widget.domains, widget.colour, widget.position, widget.texts, widget.hours, widget.names_shown,
        widget.sealed_secrets, workspace.time_zone, workspace.language,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(span.weekday, span.opens, span.closes)), '[]')
         FROM workspaces_openingspan AS span WHERE span.workspace_id = workspace.id) AS spans,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(coalesce(day.year, 0), day.month, day.day)), '[]')
         FROM workspaces_closedday AS day WHERE day.workspace_id = workspace.id) AS closed
    FROM inboxes_inbox AS inbox
    JOIN chat_widget AS widget ON widget.inbox_id = inbox.id
    JOIN workspaces_workspace AS workspace ON workspace.id = inbox.workspace_id
    WHERE inbox.key = %s
"""
_VISITOR = """
    SELECT id, inbox_id, workspace_id, addresses, subject, name, email, language, page_url, page_title, spoke_at
    FROM chat_visitor WHERE token_hash = %(hash)s AND inbox_id = %(inbox)s AND closed_at IS NULL
"""
# The visitor, and in the same statement one more of what they do.
_VISITOR_WHO_ASKS = f"""
    WITH visitor AS ({_VISITOR}), asked (key) AS (SELECT %(what)s::text || visitor.id FROM visitor), {TAKEN}
    SELECT visitor.*, {WAIT} AS wait FROM visitor, asked
"""
_WAIT = f"WITH asked (key) AS (SELECT %(key)s::text), {TAKEN} SELECT {WAIT} AS wait FROM asked"
_NEW_VISITOR = """
    INSERT INTO chat_visitor (workspace_id, inbox_id, token_hash, addresses, subject, name, email, language,
        page_url, page_title, page_at, answering_by, opened_at, seen_at)
    VALUES (%(workspace_id)s, %(inbox_id)s, %(token_hash)s, %(addresses)s, %(subject)s, %(name)s, %(email)s,
        %(language)s, %(page_url)s, %(page_title)s, now(), '', now(), now())
    RETURNING id
"""
_USE_IDENTITY = """
    INSERT INTO chat_usedidentity (workspace_id, inbox_id, visitor_id, jti, expires_at)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT (inbox_id, jti) DO NOTHING RETURNING id
"""
_TICKETS = """
    SELECT DISTINCT thread.ticket_id FROM tickets_thread AS thread
    WHERE thread.inbox_id = %s AND thread.key = ANY(%s) AND thread.ticket_id IS NOT NULL
"""
_STAMP = "greatest(message.received_at, coalesce(message.sent_at, message.received_at))"
_FILES = """
    SELECT json_agg(json_build_object('key', file.key, 'name', file.name, 'kind', file.kind, 'size', file.size)
        ORDER BY file.id)
    FROM tickets_attachment AS file WHERE file.message_id = message.id AND file.state = 'stored'
"""
_LINES = f"""
    SELECT message.id, message.direction, message.external_id, message.token, message.text, message.at,
        {_STAMP} AS stamp, agent.name AS agent, ({_FILES}) AS files
    FROM tickets_message AS message
    JOIN tickets_thread AS thread ON thread.id = message.thread_id
    LEFT JOIN workspaces_agent AS agent ON agent.id = message.agent_id
    WHERE thread.inbox_id = visitor.inbox_id AND thread.key = ANY(visitor.addresses)
        AND message.removed_at IS NULL
        AND (message.direction = 'in' OR message.delivery IN ('sent', 'delivered', 'read'))
"""
_NEWEST = f"{_LINES} AND asked.since IS NULL ORDER BY stamp DESC, message.id DESC LIMIT {PAGE + 1}"
_SINCE = f"{_LINES} AND {_STAMP} > asked.since - {OVERLAP} ORDER BY stamp, message.id LIMIT {AT_ONCE}"
_ANSWERING = """
    CASE WHEN visitor.answering_until > now() AND NOT EXISTS (
        SELECT FROM tickets_message AS answer JOIN tickets_thread AS thread ON thread.id = answer.thread_id
        WHERE thread.inbox_id = visitor.inbox_id AND thread.key = ANY(visitor.addresses)
            AND answer.direction = 'out' AND answer.received_at > visitor.answering_until - interval '8 seconds')
    THEN visitor.answering_by ELSE '' END
"""
_LOOKED = """
    SELECT max(presence.seen_at) FROM tickets_presence AS presence
    JOIN tickets_thread AS thread ON thread.ticket_id = presence.ticket_id
    WHERE thread.inbox_id = visitor.inbox_id AND thread.key = ANY(visitor.addresses)
"""
# Of many windows in one statement: each place has a visitor, and since when they know all, or null for the newest.
_NEWS = f"""
    SELECT asked.place, {_ANSWERING} AS answering, ({_LOOKED}) AS seen_at,
        (SELECT json_agg(line ORDER BY line.stamp, line.id)
         FROM (({_NEWEST}) UNION ALL ({_SINCE})) AS line) AS lines
    FROM unnest(%s::bigint[], %s::timestamptz[]) WITH ORDINALITY AS asked (visitor_id, since, place)
    JOIN chat_visitor AS visitor ON visitor.id = asked.visitor_id
"""
_EARLIER = f"""
    SELECT line.* FROM chat_visitor AS visitor
    CROSS JOIN LATERAL ({_LINES} AND ({_STAMP}, message.id) < (%s, %s)
        ORDER BY stamp DESC, message.id DESC LIMIT {PAGE + 1}) AS line
    WHERE visitor.id = %s
"""
_SENT_AT = """
    SELECT thread.key, message.sent_at FROM tickets_message AS message
    JOIN tickets_thread AS thread ON thread.id = message.thread_id
    WHERE thread.inbox_id = %s AND thread.key = ANY(%s) AND message.token = %s
        AND message.direction = 'out' AND message.sent_at IS NOT NULL
"""
_FILE = """
    SELECT attachment.name FROM tickets_attachment AS attachment
    JOIN tickets_message AS message ON message.id = attachment.message_id
    WHERE attachment.key = %s AND message.inbox_id = %s AND attachment.state = 'stored'
"""


class _UsedBefore(Exception):
    pass


@dataclass(frozen=True, slots=True)
class WidgetRow:
    inbox_id: int
    workspace_id: int
    key: str
    channel: str
    name: str
    state: str
    domains: Sequence[str]
    colour: str
    position: str
    texts: Mapping[str, Mapping[str, str]]
    hours: Week
    names_shown: bool
    sealed_secrets: str
    time_zone: str
    language: str
    spans: Sequence[Sequence[int]]
    closed: Sequence[Sequence[int]]

    def hours_at(self, now: datetime) -> Hours:
        """Its own where it has some, else the workspace's."""
        if self.hours:
            return hours_at(now, self.hours, self.time_zone)
        return hours_of_workspace_at(now, self.spans, self.closed, self.time_zone)


@dataclass(frozen=True, slots=True)
class VisitorRow:
    id: int
    inbox_id: int
    workspace_id: int
    addresses: Sequence[str]
    subject: str
    name: str
    email: str
    language: str
    page_url: str
    page_title: str
    spoke_at: datetime | None

    @property
    def address(self) -> str:
        return self.addresses[0]


@dataclass(frozen=True, slots=True)
class Found:
    """What a window is told: lines in their order, who types an answer, and when somebody of us last looked."""

    lines: Sequence[dict[str, Any]] = ()
    answering: str = ""
    seen_at: datetime | None = None


class Rows:
    """Every method raises one of AWAY while the database cannot be asked."""

    def __init__(self, url: str) -> None:
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[dict[str, Any]]] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=POOL,
            open=False,
            timeout=WAIT_SECONDS,
            kwargs={
                "autocommit": True,
                "row_factory": dict_row,
                "connect_timeout": 3,
                "application_name": "heard chat",
                # A visitor's line is committed for good by its own connection, and with it all that stands here
                # before it. Where somebody looks or types is not worth a disk's time.
                "options": "-c statement_timeout=10s -c synchronous_commit=off",
            },
        )
        self._known: dict[str, tuple[float, WidgetRow | None]] = {}

    async def open(self) -> None:
        await self._pool.open(wait=False)

    async def close(self) -> None:
        await self._pool.close(timeout=2)

    async def _asked(self, query: str, parameters: Any) -> psycopg.AsyncCursor[dict[str, Any]]:
        """Once more where the connection was lost meanwhile: all that is asked here may be asked twice.

        To look after each connection before each question would be as many questions again.
        """
        async with self._pool.connection() as connection:
            try:
                return await connection.execute(query, parameters)
            except psycopg.OperationalError:
                if not connection.broken:
                    raise
        await self._pool.check()
        async with self._pool.connection() as connection:
            return await connection.execute(query, parameters)

    async def _all(self, query: str, parameters: Any = ()) -> list[dict[str, Any]]:
        return await (await self._asked(query, parameters)).fetchall()

    async def _one(self, query: str, parameters: Any = ()) -> dict[str, Any] | None:
        rows = await self._all(query, parameters)
        return rows[0] if rows else None

    async def _run(self, query: str, parameters: Any = ()) -> int:
        return (await self._asked(query, parameters)).rowcount

    # ── windows and visitors ──

    async def widget(self, key: str) -> WidgetRow | None:
        """Known by heart for some seconds: it is asked for with every call."""
        until, known = self._known.get(key, (0.0, None))
        if time.monotonic() < until:
            return known
        row = await self._one(_WIDGET, [key])
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        found = WidgetRow(**row) if row else None
        self._known[key] = (time.monotonic() + FRESH_SECONDS, found)
        return found

    async def visitor(self, token: str, inbox_id: int) -> VisitorRow | None:
        known = {"hash": hash_of(token), "inbox": inbox_id}
        row = await self._one(_VISITOR, known) if token else None
        return VisitorRow(**row) if row else None

    async def visitor_who(
        self, what: str, token: str, inbox_id: int, *, a_minute: int
    ) -> tuple[VisitorRow | None, float]:
        """And the seconds for which they have to wait with it: 0 for who does not do it too often."""
        known = {"hash": hash_of(token), "inbox": inbox_id, "what": f"chat {what} ", "each": 60 / a_minute}
        row = await self._one(_VISITOR_WHO_ASKS, known) if token else None
        if row is None:
            return None, 0
        wait = float(row.pop("wait"))
        return VisitorRow(**row), wait

    async def wait(self, key: str, *, a_minute: int) -> float:
        """One more of whoever has this key. As `visitor_who` says."""
        row = await self._one(_WAIT, {"key": key, "each": 60 / a_minute})
        return float(row["wait"]) if row else 0

    async def new_visitor(
        self, fields: Mapping[str, Any], *, token: str, jti: str = "", expires_at: datetime | None = None
    ) -> bool:
        """False when the identity was used before; then there is no visitor either."""
        visitor = {**fields, "token_hash": hash_of(token)}
        try:
            async with self._pool.connection() as connection, connection.transaction():
                made = await (await connection.execute(_NEW_VISITOR, visitor)).fetchone()
                if jti and made is not None:
                    identity = [fields["workspace_id"], fields["inbox_id"], made["id"], jti, expires_at]
                    if not await (await connection.execute(_USE_IDENTITY, identity)).fetchone():
                        raise _UsedBefore
        except _UsedBefore:
            return False
        return True

    async def use_identity(self, visitor: VisitorRow, *, jti: str, expires_at: datetime) -> bool:
        """True also when this very browser used it before: a page that is reloaded shows the same one."""
        identity = [visitor.workspace_id, visitor.inbox_id, visitor.id, jti, expires_at]
        if await self._one(_USE_IDENTITY, identity):
            return True
        same = "SELECT 1 FROM chat_usedidentity WHERE inbox_id = %s AND jti = %s AND visitor_id = %s"
        return bool(await self._one(same, [visitor.inbox_id, jti, visitor.id]))

    async def close_visitor(self, visitor_id: int) -> None:
        await self._run("UPDATE chat_visitor SET closed_at = now() WHERE id = %s", [visitor_id])

    async def came_back(self, visitor: VisitorRow, *, language: str) -> None:
        query = "UPDATE chat_visitor SET seen_at = now(), language = %s WHERE id = %s"
        await self._run(query, [language, visitor.id])

    async def spoke(self, visitor: VisitorRow, *, name: str, email: str) -> None:
        query = """UPDATE chat_visitor SET spoke_at = now(), seen_at = now(), typing_until = NULL, name = %s,
            email = %s WHERE id = %s"""
        await self._run(query, [name, email, visitor.id])

    async def went_to(self, visitor: VisitorRow, *, url: str, title: str) -> None:
        query = """UPDATE chat_visitor SET page_url = %s, page_title = %s, page_at = now(), seen_at = now()
            WHERE id = %s AND (page_url, page_title) IS DISTINCT FROM (%s, %s)"""
        if await self._run(query, [url, title, visitor.id, url, title]):
            await self.tell_agents([visitor])

    async def types(self, visitor: VisitorRow, *, typing: bool) -> None:
        """Told to the agents only when it changes what they see."""
        begun = """UPDATE chat_visitor SET typing_until = now() + interval '8 seconds' WHERE id = %s
            RETURNING coalesce((SELECT old.typing_until FROM chat_visitor AS old WHERE old.id = %s) > now(), false)
                AS typed"""
        over = """UPDATE chat_visitor SET typing_until = NULL WHERE id = %s AND typing_until > now()
            RETURNING id"""
        if typing:
            row = await self._one(begun, [visitor.id, visitor.id])
            changed = row is not None and not row["typed"]
        else:
            changed = bool(await self._one(over, [visitor.id]))
        if changed:
            await self.tell_agents([visitor])

    async def online(self, ids: Sequence[int], *, seconds: int) -> set[int]:
        """Of all these browsers, in one statement. Gives those that are still theirs who opened them.

        An index stands on when they were seen last: written rarely, so that most of these updates touch none.
        """
        query = """UPDATE chat_visitor AS visitor
            SET online_until = now() + make_interval(secs => %s),
                seen_at = CASE WHEN seen_at < now() - interval '1 minute' THEN now() ELSE seen_at END
            FROM inboxes_inbox AS inbox
            WHERE visitor.id = ANY(%s) AND visitor.closed_at IS NULL AND inbox.id = visitor.inbox_id
                AND inbox.state <> 'disconnected' RETURNING visitor.id"""
        return {row["id"] for row in await self._all(query, [seconds, list(ids)])}

    async def offline(self, visitor: VisitorRow) -> None:
        query = "UPDATE chat_visitor SET online_until = NULL, typing_until = NULL WHERE id = %s"
        await self._run(query, [visitor.id])
        await self.tell_agents([visitor])

    async def tell_agents(self, visitors: Sequence[VisitorRow]) -> None:
        """A NOTIFY of its own, as `realtime.announce` makes them after a commit."""
        for visitor in visitors:
            rows = await self._all(_TICKETS, [visitor.inbox_id, list(visitor.addresses)])
            if rows:
                await self._run(
                    "SELECT pg_notify(%s, jsonb_build_object('workspace', %s::bigint, 'tickets', %s::jsonb)::text)",
                    [CHANNEL, visitor.workspace_id, str([row["ticket_id"] for row in rows])],
                )

    # ── lines ──

    async def news(self, asked: Sequence[tuple[VisitorRow, datetime | None]]) -> list[Found]:
        """For each of these windows all that its stream has to tell, in one statement."""
        visitors, since = [visitor.id for visitor, _ in asked], [stamp for _, stamp in asked]
        rows = {row["place"]: row for row in await self._all(_NEWS, [visitors, since])}
        return [_found(rows.get(place)) for place in range(1, len(asked) + 1)]

    async def earlier(self, visitor: VisitorRow, stamp: datetime, line: int) -> list[dict[str, Any]]:
        """A page of lines before this one in their order, and one more where there are more."""
        rows = await self._all(_EARLIER, [stamp, line, visitor.id])
        return [_with_files(row) for row in reversed(rows)]

    async def sent_at(self, visitor: VisitorRow, token: uuid.UUID) -> tuple[str, datetime] | None:
        """Of a line of ours: whose conversation it stands in, and when it went out."""
        row = await self._one(_SENT_AT, [visitor.inbox_id, list(visitor.addresses), token])
        return (row["key"], row["sent_at"]) if row else None

    async def whose(self, tickets: Sequence[int], inboxes: Sequence[int]) -> set[tuple[int, str]]:
        """The conversations that run in these tickets: inbox and address."""
        query = """SELECT inbox_id, key FROM tickets_thread
            WHERE ticket_id = ANY(%s) AND inbox_id = ANY(%s)"""
        return {
            (row["inbox_id"], row["key"]) for row in await self._all(query, [list(tickets), list(inboxes)])
        }

    # ── files ──

    async def files_waiting(self, visitor: VisitorRow) -> int:
        query = "SELECT count(*) AS count FROM chat_visitorfile WHERE visitor_id = %s AND taken_at IS NULL"
        row = await self._one(query, [visitor.id])
        return int(row["count"]) if row else 0

    async def new_file(self, visitor: VisitorRow, file: Mapping[str, Any]) -> None:
        query = """INSERT INTO chat_visitorfile
            (key, workspace_id, inbox_id, visitor_id, kind, name, content_type, size, at)
            VALUES (%(key)s, %(workspace)s, %(inbox)s, %(visitor)s, %(kind)s, %(name)s, %(content_type)s,
                %(size)s, now())"""
        owner = {"workspace": visitor.workspace_id, "inbox": visitor.inbox_id, "visitor": visitor.id}
        await self._run(query, {**file, **owner})

    async def files_of(self, visitor: VisitorRow, keys: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
        """Those of the keys that this very browser handed over."""
        query = """SELECT key, kind, name, content_type FROM chat_visitorfile
            WHERE visitor_id = %s AND key = ANY(%s)"""
        return await self._all(query, [visitor.id, list(keys)])

    async def file_name(self, key: uuid.UUID, inbox_id: int) -> str | None:
        row = await self._one(_FILE, [key, inbox_id])
        return str(row["name"]) if row else None


def hash_of(token: str) -> bytes:
    """A token is 256 bits of chance, so a quick hash is enough: nobody can guess what was hashed."""
    return hashlib.sha256(token.encode()).digest()


def _found(row: Mapping[str, Any] | None) -> Found:
    """None for a visitor who is no more. What comes as JSON has its times and keys as texts."""
    if row is None:
        return Found()
    return Found([_line(line) for line in row["lines"] or ()], row["answering"], row["seen_at"])


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    return _with_files({**line, **{name: datetime.fromisoformat(line[name]) for name in ("at", "stamp")}})


def _with_files(line: Mapping[str, Any]) -> dict[str, Any]:
    files = [{**file, "key": uuid.UUID(file["key"])} for file in line["files"] or ()]
    return {**line, "files": files}
