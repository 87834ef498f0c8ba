"""Which inbox does a hook belong to, and which secret signs its calls? Known by heart for a few seconds."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from pydantic import ValidationError

from heard.channels.contract import Channel, Credentials
from heard.channels.registry import CHANNELS
from heard.inboxes.credentials import CannotOpen, opened
from heard.ingest.link import Link

log = logging.getLogger(__name__)

FRESH_SECONDS = 5.0
# How often a signature that does not fit may make us look again: strangers must not keep the database busy.
CALM_SECONDS = 0.1
# Strangers who try keys must not fill our memory.
MOST_KNOWN = 10_000

# How long we go on with what we know when the database does not answer, before we ask it again.
PATIENT_SECONDS = 1.0
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")

# Not by state: whoever connects again is called by the network before the inbox counts as connected.
_FIND = """
    SELECT inbox.id, inbox.workspace_id, secret.sealed
    FROM inboxes_inbox AS inbox JOIN inboxes_inboxsecret AS secret ON secret.inbox_id = inbox.id
    WHERE inbox.key = %s AND inbox.channel = %s
"""


class CredentialsAway(Exception):
    """The inbox is there and its credentials cannot be opened: an operator has to mend the keys."""


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

    async def find(self, slug: str, key: str, *, anew: bool = False) -> HookInbox | None:
        """None for an unknown address. `anew` asks the database however fresh our knowledge is.

        Raises psycopg.Error only for what was never known, or CredentialsAway.
        """
        if slug not in CHANNELS or not KEY.fullmatch(key):
            return None
        if not anew and self._is_fresh(slug, key):
            return self._known[slug, key][1]
        async with self._one_at_a_time:
            if not anew and self._is_fresh(slug, key):
                return self._known[slug, key][1]
            return await self._learn(slug, key)

    async def look_again(self, slug: str, key: str) -> HookInbox | None:
        """What the database says now, unless it was asked a moment ago. Raises like `find`."""
        until, _known = self._known.get((slug, key), (0.0, None))
        asked_at = until - FRESH_SECONDS
        return await self.find(slug, key, anew=time.monotonic() - asked_at > CALM_SECONDS)

    def _is_fresh(self, slug: str, key: str) -> bool:
        until, _known = self._known.get((slug, key), (0.0, None))
        return time.monotonic() < until

    async def _learn(self, slug: str, key: str) -> HookInbox | None:
        try:
            found, fresh_for = await self._look_up(slug, key), FRESH_SECONDS
        except psycopg.Error:
            # The signature can still be checked; storing will say that we are away.
            found, fresh_for = self._known.get((slug, key), (0.0, None))[1], PATIENT_SECONDS
            if found is None:
                raise
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[slug, key] = (time.monotonic() + fresh_for, found)
        return found

    async def close(self) -> None:
        await self._link.close()

    async def _look_up(self, slug: str, key: str) -> HookInbox | None:
        row = await (await self._link.run(_FIND, (key, slug))).fetchone()
        if row is None:
            return None
        inbox_id, workspace_id, sealed = row
        try:
            credentials = opened(slug, inbox_id, bytes(sealed))
        except (CannotOpen, ValidationError) as error:
            log.error("the credentials of inbox %d cannot be opened: %s", inbox_id, type(error).__name__)
            raise CredentialsAway from error
        return HookInbox(inbox_id, workspace_id, CHANNELS[slug], credentials)
