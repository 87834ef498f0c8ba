"""From a customer's word to the agents' screens: hook, ticket, stream, the list with the new row."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bench import calls
from bench.browser import Connection
from bench.callers import call_each
from bench.house import House
from bench.people import SignedIn, sign_in
from bench.programs import free_port, running, until_ready
from bench.tables import Table, ms, percentile
from heard.inboxes.models import Inbox
from tests.cast import a_workspace, an_agent, an_inbox

AGENTS = 50
WORDS = 40  # fewer than a page of the list has rows, so that every row is seen
EVERY_SECONDS = 0.8
PATIENCE_SECONDS = 20.0
# What the page's script does: one question at a time, and between two as long as two answers took, but at
# least and at most so many seconds.
QUIET_SECONDS = (0.25, 2.0)
QUIET_ANSWERS = 2
BY_ITSELF = {"hx-request": "true", "x-heard-live": "1"}
FRESH = "/tickets/fresh?folder=waiting&list=50"


@dataclass
class Watched:
    """Seconds from the hook's first byte to the event at each agent, and to the row at each agent."""

    events: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)


def measure(house: House) -> Table:
    workspace = a_workspace()
    inbox = an_inbox(workspace, "facebook")
    agents = [sign_in(an_agent(workspace, f"Agent {number}")) for number in range(AGENTS)]
    port = free_port()
    with running("heard", "web", "--port", str(port), port=port), running("heard", "worker"):
        until_ready(port)
        watched = asyncio.run(_watch(port, inbox, agents))
    table = Table("Screen: hook → the agents' screens")
    table.add("hook → event on the stream, p50", f"{ms(percentile(watched.events, 0.5)):,.0f} ms")
    table.add("hook → event on the stream, p95", f"{ms(percentile(watched.events, 0.95)):,.0f} ms")
    table.add("hook → row in the agent's list, p50", f"{ms(percentile(watched.rows, 0.5)):,.0f} ms")
    table.at_most("hook → row in the agent's list, p95", ms(percentile(watched.rows, 0.95)), 1000, "ms")
    lost = AGENTS * WORDS - len(watched.rows)
    table.add("rows that an agent did not get to see", str(lost), "0", lost == 0)
    table.notes.append(
        f"{WORDS} comments, one every {EVERY_SECONDS:g} s on average, with {AGENTS} agents watching; each "
        f"asks for the list after a change as the page does, {QUIET_SECONDS[0]:g} s after an answer or more. "
        "One web process."
    )
    return table


async def _watch(port: int, inbox: Inbox, agents: list[SignedIn]) -> Watched:
    watched, asked = Watched(), dict[str, float]()
    watching = [asyncio.create_task(_Agent(port, agent, asked, watched).watch()) for agent in agents]
    await asyncio.sleep(2)  # for all to have said hello
    chance = random.Random(3)
    for serial in range(WORDS):
        # Never more often than one a moment, or nobody could tell whose event it was.
        await asyncio.sleep(EVERY_SECONDS * (0.5 + chance.random()))
        text = f"Where is parcel number {10_000 + serial}?"
        body = calls.comment(inbox.account, serial, by=serial, text=text, at=datetime.now(UTC))
        asked[text] = time.perf_counter()
        await asyncio.to_thread(call_each, port, [calls.request(inbox, body)], connections=1)
    until = time.monotonic() + PATIENCE_SECONDS
    while len(watched.rows) < len(agents) * WORDS and time.monotonic() < until:
        await asyncio.sleep(0.1)
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return watched


class _Agent:
    """One open page: listens, and asks for the list when something changed."""

    def __init__(self, port: int, who: SignedIn, asked: dict[str, float], watched: Watched) -> None:
        self.port, self.headers = port, {"cookie": who.cookie}
        self.stream, self.asked, self.watched = who.stream, asked, watched
        self.seen: set[str] = set()
        self.told: set[str] = set()
        self.changed = asyncio.Event()

    async def watch(self) -> None:
        await asyncio.gather(self._listen(), self._refresh())

    async def _listen(self) -> None:
        connection = await Connection.to(self.port)
        try:
            async for event in connection.events(self.stream, self.headers):
                if event == "change":
                    self._note()
                    self.changed.set()
        finally:
            connection.close()

    def _note(self) -> None:
        """The first event after a hook is the one for it: they come one by one."""
        now = time.perf_counter()
        for text in self.asked.keys() - self.told:
            self.told.add(text)
            self.watched.events.append(now - self.asked[text])

    async def _refresh(self) -> None:
        connection = await Connection.to(self.port)
        try:
            while True:
                await self.changed.wait()
                self.changed.clear()
                began = time.perf_counter()
                page = (await connection.get(FRESH, {**self.headers, **BY_ITSELF})).decode()
                now = time.perf_counter()
                for text in [text for text in self.asked if text not in self.seen and text in page]:
                    self.seen.add(text)
                    self.watched.rows.append(now - self.asked[text])
                await asyncio.sleep(
                    min(QUIET_SECONDS[1], max(QUIET_SECONDS[0], (now - began) * QUIET_ANSWERS))
                )
        finally:
            connection.close()
