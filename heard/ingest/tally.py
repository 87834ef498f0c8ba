"""Count what we turned away, for the health page: an attack and a wrong secret look the same there."""

from __future__ import annotations

import asyncio
from collections import Counter

import psycopg

from heard.ingest.link import Link

WRITE_EVERY_SECONDS = 1.0

_BAD_SIGNATURES = """
    UPDATE inboxes_inboxhealth
    SET bad_signatures = bad_signatures + %s, last_bad_signature_at = now() WHERE inbox_id = %s
"""
# Written by the half that networks call: after a gap here they called in vain, and inboxes ask what they missed.
_BEAT = """
    INSERT INTO ingest_heartbeat AS beat (name, at) VALUES ('hooks', now())
    ON CONFLICT (name) DO UPDATE SET
        back_at = CASE WHEN beat.at < now() - interval '30 seconds' THEN now() ELSE beat.back_at END,
        at = now()
    WHERE beat.at < now() - interval '5 seconds'
"""
_REFUSED = """
    UPDATE inboxes_inboxhealth
    SET refused_calls = refused_calls + %s, last_refused_at = now(), last_refused_reason = %s
    WHERE inbox_id = %s
"""


class Tally:
    """Collected in memory and written once a second: refusing must cost less than accepting."""

    def __init__(self, url: str) -> None:
        self._link = Link(url, name="heard hooks tally")
        self._bad_signatures: Counter[int] = Counter()
        self._refused: Counter[tuple[int, str]] = Counter()
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._task = asyncio.create_task(self._write_now_and_then())

    def bad_signature(self, inbox_id: int) -> None:
        self._bad_signatures[inbox_id] += 1

    def refused(self, inbox_id: int, reason: str) -> None:
        self._refused[inbox_id, reason] += 1

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._write()
        await self._link.close()

    async def _write_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(WRITE_EVERY_SECONDS)
            await self._write()

    async def _write(self) -> None:
        signatures, self._bad_signatures = self._bad_signatures, Counter()
        refused, self._refused = self._refused, Counter()
        try:
            await self._link.run(_BEAT)
            for inbox_id, count in signatures.items():
                await self._link.run(_BAD_SIGNATURES, (count, inbox_id))
            for (inbox_id, reason), count in refused.items():
                await self._link.run(_REFUSED, (count, reason, inbox_id))
        except psycopg.Error:
            # Counted again with the next ones. A count may then be a little high, never silently low.
            self._bad_signatures += signatures
            self._refused += refused
