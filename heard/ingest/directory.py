"""Which inbox does a hook belong to, and which secret signs its calls? Known by heart for a few seconds."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import psycopg

from heard.channels.contract import Channel, Credentials
from heard.channels.registry import CHANNELS
from heard.inboxes.credentials import opened
from heard.ingest.link import Link

FRESH_SECONDS = 5.0
# Strangers who try keys must not fill our memory.
MOST_KNOWN = 10_000

_FIND = """
    SELECT inbox.id, inbox.workspace_id, secret.sealed
    FROM inboxes_inbox AS inbox JOIN inboxes_inboxsecret AS secret ON secret.inbox_id = inbox.id
    WHERE inbox.key = %s AND inbox.channel = %s AND inbox.state <> 'disconnected'
"""


@dataclass(frozen=True, slots=True)
class HookInbox:
    id: int
    workspace_id: int
    channel: Channel[Any]
    credentials: Credentials


class Directory:
    def __init__(self, url: str) -> None:
        self._link = Link(url, name="heard hooks directory")
        self._one_at_a_time = asyncio.Lock()
        self._known: dict[tuple[str, str], tuple[float, HookInbox | None]] = {}

    async def find(self, slug: str, key: str) -> HookInbox | None:
        """None for an unknown address. Raises psycopg.OperationalError only for what was never known."""
        at, known = self._known.get((slug, key), (0.0, None))
        if time.monotonic() - at < FRESH_SECONDS:
            return known
        async with self._one_at_a_time:
            try:
                found = await self._look_up(slug, key)
            except psycopg.Error:
                if known is None:
                    raise
                return known  # the signature can still be checked; storing will say that we are away
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[slug, key] = (time.monotonic(), found)
            return found

    async def close(self) -> None:
        await self._link.close()

    async def _look_up(self, slug: str, key: str) -> HookInbox | None:
        if slug not in CHANNELS:
            return None
        row = await (await self._link.run(_FIND, (key, slug))).fetchone()
        if row is None:
            return None
        inbox_id, workspace_id, sealed = row
        return HookInbox(inbox_id, workspace_id, CHANNELS[slug], opened(slug, inbox_id, bytes(sealed)))
