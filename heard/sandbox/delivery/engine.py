"""Brings events to the hooks: in order within a lane, many lanes at once, again and again until a 200."""

from __future__ import annotations

import asyncio
import itertools
import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx2

from heard.sandbox import certificates
from heard.sandbox.clock import Clock
from heard.sandbox.delivery.event import Counts, Event, HookCall, Lane
from heard.sandbox.delivery.faults import Faults
from heard.sandbox.listeners import Listeners
from heard.sandbox.storage import Storage

Prepare = Callable[[str, Sequence[Event]], HookCall | None]
Answered = Callable[[Sequence[Event], bytes], None]

IN_FLIGHT = 16
PATIENCE_S = 20.0  # how long the networks wait for an answer
GATHER_S = 0.05  # when calls are batched, all of so long leave together


@dataclass(frozen=True, slots=True)
class Manner:
    """How a network delivers; without more, as Meta does.

    `pauses_s` follow the first failure, the second, …; the last one repeats. `answered` hears what the
    hook said to events that it took.
    """

    pauses_s: Sequence[float] = (0, 1, 2, 5, 10, 20, 30, 60)
    give_up_after: int = 2_200  # attempts: about the 36 hours that Meta tries
    takes: Callable[[int], bool] = lambda status: status == 200
    answered: Answered | None = None


class Engine:
    def __init__(self, storage: Storage, clock: Clock) -> None:
        self.storage, self.clock = storage, clock
        self.listeners = Listeners()
        self.faults: dict[str, Faults] = {}
        self.counts: dict[str, Counts] = {}
        self._prepare: dict[str, Prepare] = {}
        self._manners: dict[str, Manner] = {}
        self._lanes: dict[tuple[str, str, str], Lane] = {}
        self._ready: deque[Lane] = deque()
        self._flying: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count(time.time_ns())
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: httpx2.AsyncClient | None = None

    def serve(self, network: str, prepare: Prepare, manner: Manner | None = None) -> None:
        """Takes on a network. `prepare` makes the signed call, or None when the app has no hook any more."""
        self.faults[network], self.counts[network] = Faults(), Counts()
        self._prepare[network], self._manners[network] = prepare, manner or Manner()

    # ── starting and stopping ──

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        limits = httpx2.Limits(max_connections=IN_FLIGHT * 2, max_keepalive_connections=IN_FLIGHT)
        self._client = httpx2.AsyncClient(
            timeout=PATIENCE_S, limits=limits, verify=certificates.known(), trust_env=False
        )
        for row in self.storage.load("event"):
            self._line_up(Event(**row))

    async def stop(self) -> None:
        """What is not delivered yet stays written down for the next start."""
        self._loop = None
        for task in list(self._flying):
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    # ── putting in ──

    def put(self, event: Event) -> None:
        """Takes an event over for good. Faults decide what becomes of it."""
        faults, counts = self.faults[event.network], self.counts[event.network]
        if faults.hits(faults.drop):
            counts.dropped += 1
            return
        event.due = time.monotonic() + faults.delay_ms / 1000
        if faults.reorder:
            event.lane = f"{event.lane}#{event.id}"
            event.due += faults.rng.uniform(0, 0.5)
        if faults.batch > 1:
            event.due = math.ceil(event.due / GATHER_S) * GATHER_S
        self.storage.save("event", str(event.id), event.row())
        self._line_up(event)

    def number(self) -> int:
        return next(self._numbers)

    def _line_up(self, event: Event) -> None:
        key = (event.app, event.network, event.lane)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = Lane(*key)
        lane.events.append(event)
        self._arm(lane)

    def pending(self, network: str) -> int:
        """Events that were not delivered yet, those on their way included."""
        return sum(len(lane.events) for lane in self._lanes.values() if lane.network == network)

    # ── choosing what goes next ──

    def _arm(self, lane: Lane) -> None:
        """Puts a lane in the row as soon as its first event is due."""
        if self._loop is None or lane.state != "waiting" or not lane.events:
            return
        wait = max(lane.events[0].due, lane.not_before) - time.monotonic()
        if wait > 0:
            self._loop.call_later(wait, self._arm, lane)
            return
        lane.state = "ready"
        self._ready.append(lane)
        # Not at once: what falls due at the same moment may share a call.
        self._loop.call_soon(self._pump)

    def _pump(self) -> None:
        while self._loop is not None and self._ready and len(self._flying) < IN_FLIGHT:
            task = self._loop.create_task(self._carry(self._gather()))
            self._flying.add(task)
            task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._pump()

    def _gather(self) -> list[tuple[Lane, list[Event]]]:
        """The first lane's events and, where calls are batched, those of others for the same app."""
        first = self._ready[0]
        room = self.faults[first.network].batch
        load: list[tuple[Lane, list[Event]]] = []
        others: list[Lane] = []
        while self._ready and room:
            lane = self._ready.popleft()
            if (lane.app, lane.network) != (first.app, first.network):
                others.append(lane)
                continue
            lane.state = "busy"
            load.append((lane, _due(lane, room)))
            room -= len(load[-1][1])
        self._ready.extendleft(reversed(others))
        return load

    # ── carrying ──

    async def _carry(self, load: list[tuple[Lane, list[Event]]]) -> None:
        lanes = [lane for lane, _ in load]
        events = [event for _, some in load for event in some]
        network, app = lanes[0].network, lanes[0].app
        call = self._prepare[network](app, events)
        if call is None:
            self.counts[network].unheard += len(events)
            self._done_with(lanes, events)
        elif problem := await self._post(call, events):
            self._put_back(lanes, events, problem)
        else:
            self._delivered(lanes, events)
        for lane in lanes:
            lane.state = "waiting"
            if lane.events:
                self._arm(lane)
            else:
                self._lanes.pop((lane.app, lane.network, lane.name), None)

    async def _post(self, call: HookCall, events: Sequence[Event]) -> str:
        """What was wrong, or "" when the hook took it."""
        try:
            answer = await self.call(call)
        except httpx2.TransportError as error:
            return "no answer" if isinstance(error, httpx2.ReadTimeout) else "unreachable"
        except (httpx2.InvalidURL, UnicodeError):
            return "unreachable"
        manner = self._manners[events[0].network]
        if not manner.takes(answer.status_code):
            return f"status {answer.status_code}"
        if manner.answered is not None:
            manner.answered(events, answer.content)
        return ""

    async def post(self, call: HookCall) -> int:
        """One attempt; the status. Raises httpx2.TransportError."""
        return (await self.call(call)).status_code

    async def call(self, call: HookCall) -> httpx2.Response:
        """One attempt; what the hook answered. Raises httpx2.TransportError."""
        assert self._client is not None
        return await self._client.post(call.url, content=call.body, headers=call.headers)

    def _delivered(self, lanes: list[Lane], events: list[Event]) -> None:
        counts = self.counts[lanes[0].network]
        counts.sent += len(events)
        recovered, counts.problem = bool(counts.problem), ""
        for event in events:
            self._maybe_again(event)
        for lane in lanes:
            lane.failures = 0
        self._done_with(lanes, events)
        if recovered:
            self.hurry(lanes[0].network)
            self.listeners.tell()

    def _maybe_again(self, event: Event) -> None:
        faults = self.faults[event.network]
        if event.again or not faults.hits(faults.duplicate):
            return
        copy = Event(**{**event.row(), "id": self.number(), "attempts": 0, "again": True})
        copy.lane = f"{event.lane}#again{copy.id}"
        copy.due = time.monotonic() + faults.rng.uniform(0, 1)
        self.storage.save("event", str(copy.id), copy.row())
        self._line_up(copy)

    def _done_with(self, lanes: list[Lane], events: list[Event]) -> None:
        done = {event.id for event in events}
        with self.storage.together():
            for event in events:
                self.storage.forget("event", str(event.id))
                if event.settled is not None:
                    event.settled.set()
        for lane in lanes:
            while lane.events and lane.events[0].id in done:
                lane.events.popleft()

    def _put_back(self, lanes: list[Lane], events: list[Event], problem: str) -> None:
        """The events still stand at the head of their lanes; only the pause grows."""
        counts = self.counts[lanes[0].network]
        counts.failed += 1
        if not counts.problem:
            self.listeners.tell()
        counts.problem = problem
        for event in events:
            event.attempts += 1
        manner = self._manners[lanes[0].network]
        for lane in lanes:
            pause = manner.pauses_s[min(lane.failures, len(manner.pauses_s) - 1)]
            lane.not_before = time.monotonic() + pause
            lane.failures += 1
        if tired := [event for event in events if event.attempts >= manner.give_up_after]:
            counts.given_up += len(tired)
            self._done_with(lanes, tired)

    def clear(self) -> None:
        """Forgets all faults, counts and everything that waits."""
        for network in self._prepare:
            self.faults[network], self.counts[network] = Faults(), Counts()
        for lane in self._lanes.values():
            lane.events.clear()
        self.storage.forget_all("event")

    def hurry(self, network: str) -> None:
        """Tries everything at once that is waiting for a pause to end."""
        for lane in list(self._lanes.values()):
            if lane.network == network and lane.failures:
                lane.not_before = 0
                self._arm(lane)


def _due(lane: Lane, room: int) -> list[Event]:
    now = time.monotonic()
    due = itertools.takewhile(lambda event: event.due <= now, itertools.islice(lane.events, room))
    return list(due)
