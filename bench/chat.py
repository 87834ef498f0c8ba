"""Visitors and agents at once: a line to the other side, both ways, with every window's stream open.

Then the web process is stopped and started while the visitors go on to speak: nothing may be lost or doubled.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
from django.utils import timezone

from bench import cores
from bench.house import House
from bench.programs import free_port, running
from bench.tables import Table, ms, percentile
from bench.visitors import Heard, Visitor
from heard.channels.registry import channel
from heard.chat.models import Widget
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent
from heard.workspaces.tokens import issue_token
from tests.cast import NOON, a_workspace, an_agent

VISITORS = int(os.environ.get("BENCH_VISITORS", "200"))
LINES = int(os.environ.get("BENCH_LINES", "4"))  # of each visitor, and answers to each
PAUSE_SECONDS = (5.0, 10.0)
AVERAGE = sum(PAUSE_SECONDS) / 2
RATE = VISITORS / AVERAGE
# Who answers five at once has their hands full, and types no faster than a visitor.
VISITORS_OF_AN_AGENT = 5
AGENTS = max(1, VISITORS // VISITORS_OF_AN_AGENT)
ANSWERS_AT_ONCE = 20
# How many lines a second the visitors of the brief speak at the most: one core has to do for them.
FASTEST = 40
WITHOUT_WEB_SECONDS = 3.0
PATIENCE_SECONDS = 60.0
SITE = "https://shop.example"


@dataclass
class Programs:
    """What runs, and what it has used of a core. The web process can be started anew on its port."""

    stack: ExitStack
    database: int
    port: int = field(default_factory=free_port)
    web: ExitStack = field(default_factory=ExitStack)
    pids: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        self.stack.callback(self.stop_web)
        self.start_web()
        self.pids["worker"] = self.stack.enter_context(running("heard", "worker")).pid
        self.pids["PostgreSQL"] = self.database

    def start_web(self) -> None:
        program = self.web.enter_context(running("heard", "web", "--port", str(self.port), port=self.port))
        self.pids["web"] = program.pid

    def stop_web(self) -> None:
        self.web.close()

    def used(self) -> dict[str, float]:
        return {name: cores.seconds(pid) for name, pid in self.pids.items()}


@dataclass
class Cost:
    """Of one part of the talk: seconds on a core by program, and how long it lasted by the clock."""

    what: str
    count: int
    clock: float = 0
    used: dict[str, float] = field(default_factory=dict)

    def each(self) -> float:
        return sum(self.used.values()) / self.count


def measure(house: House) -> Table:
    admin = an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)
    inbox = _window(admin)
    token = issue_token(admin, name="bench", now=NOON)
    # So that every visitor has an address of their own, as they have outside.
    os.environ["HEARD_PROXY_COUNT"] = "1"
    with ExitStack() as stack:
        programs = Programs(stack, cores.postmaster(house.server.folder))
        programs.start()
        return asyncio.run(_talk(programs, inbox, token))


def _window(admin: Agent) -> Inbox:
    credentials = channel("chat").credentials.model_validate({"account": "The shop"})
    inbox = connect(
        admin.workspace, slug="chat", credentials=credentials, by=admin, now=timezone.now(), public_url=SITE
    )
    Widget.objects.filter(inbox=inbox).update(domains=[SITE])
    return inbox


async def _talk(programs: Programs, inbox: Inbox, token: str) -> Table:
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    url, heard = f"http://127.0.0.1:{programs.port}", Heard()
    async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=60, limits=limits) as client:
        visitors = [Visitor(client, inbox.key, SITE, number, heard) for number in range(VISITORS)]
        await asyncio.gather(*(visitor.comes(within=AVERAGE) for visitor in visitors))
        try:
            await _warm(visitors[0], heard)
            said = Cost("line", VISITORS * LINES)
            await _counted(programs, said, _all_speak(visitors, heard))
            alone = heard.new_talk()
            desk = await _desk(client, token, heard)
            both = Cost("line of either side", (VISITORS + AGENTS) * LINES)
            await _counted(programs, both, _both_sides(visitors, desk, heard))
            talked = heard.new_talk()
            answered = Cost("answer", VISITORS * LINES)
            await _counted(programs, answered, _all_are_answered(desk, heard))
            table = _table(alone, talked, heard, (said, both, answered))
            await _through_a_restart(programs, visitors, heard, table)
        finally:
            await asyncio.gather(*(visitor.goes() for visitor in visitors))
    return table


async def _warm(visitor: Visitor, heard: Heard) -> None:
    """The worker starts more slowly than what listens on a port."""
    await visitor.says("Is anybody there?")
    await _until(lambda: len(heard.lines) == 1)
    heard.forget()


async def _counted(programs: Programs, cost: Cost, work: Coroutine[Any, Any, None]) -> None:
    before, began = programs.used(), time.perf_counter()
    await work
    cost.clock = time.perf_counter() - began
    cost.used = {name: used - before[name] for name, used in programs.used().items()}


async def _all_speak(visitors: list[Visitor], heard: Heard, *, lines: int = LINES) -> None:
    wanted = len(heard.began) + len(visitors) * lines
    await asyncio.gather(*(_speaks(visitor, lines) for visitor in visitors))
    await _until(lambda: len(heard.lines) + len(heard.answers) == wanted)


async def _speaks(visitor: Visitor, lines: int) -> None:
    chance = random.Random(visitor.number)
    for turn in range(lines):
        await asyncio.sleep(chance.uniform(0, AVERAGE) if not turn else chance.uniform(*PAUSE_SECONDS))
        await visitor.says("Where is it?")


@dataclass
class Desk:
    """The programs of agents, on so many connections."""

    client: httpx2.AsyncClient
    token: str
    numbers: list[int]
    heard: Heard
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(ANSWERS_AT_ONCE))

    async def answer(self, number: int, text: str) -> None:
        self.heard.began[text] = time.perf_counter()  # whoever waits for a connection waits
        async with self.room:
            answer = await self.client.post(
                f"/api/v1/tickets/{number}/reply",
                json={"text": text},
                headers={"Authorization": f"Bearer {self.token}"},
            )
            answer.raise_for_status()


async def _desk(client: httpx2.AsyncClient, token: str, heard: Heard) -> Desk:
    numbers = await asyncio.to_thread(
        lambda: list(Ticket.objects.order_by("number").values_list("number", flat=True))
    )
    return Desk(client, token, numbers, heard)


async def _both_sides(visitors: list[Visitor], desk: Desk, heard: Heard) -> None:
    """As it is in life, but for the pauses: nobody waits for the other one's line."""
    wanted = (len(visitors) + AGENTS) * LINES
    agents = (_types(desk, agent) for agent in range(AGENTS))
    await asyncio.gather(*(_speaks(visitor, LINES) for visitor in visitors), *agents)
    await _until(lambda: len(heard.lines) + len(heard.answers) == wanted)


async def _types(desk: Desk, agent: int) -> None:
    chance = random.Random(-agent - 1)
    for turn in range(LINES):
        await asyncio.sleep(chance.uniform(0, AVERAGE) if not turn else chance.uniform(*PAUSE_SECONDS))
        number = desk.numbers[(agent * VISITORS_OF_AN_AGENT + turn) % len(desk.numbers)]
        await desk.answer(number, f"It is number {number}, said agent {agent}, turn {turn}.")


async def _all_are_answered(desk: Desk, heard: Heard) -> None:
    """By agents' programs, as often as the visitors have spoken."""
    async with asyncio.TaskGroup() as under_way:
        for turn in range(LINES):
            for number in desk.numbers:
                text = f"It is number {number}, answer {turn}."
                under_way.create_task(desk.answer(number, text))
                await asyncio.sleep(1 / RATE)
    await _until(lambda: len(heard.answers) == LINES * len(desk.numbers))


async def _through_a_restart(programs: Programs, visitors: list[Visitor], heard: Heard, table: Table) -> None:
    before = len(heard.lines)
    speaking = asyncio.create_task(_all_speak(visitors, heard, lines=2))
    await asyncio.sleep(AVERAGE)
    await asyncio.to_thread(programs.stop_web)
    await asyncio.sleep(WITHOUT_WEB_SECONDS)
    await asyncio.to_thread(programs.start_web)
    await speaking
    said = 2 * len(visitors)
    lost = said - (len(heard.lines) - before)
    table.add("restart: lines that did not arrive", f"{lost} of {said}", "0", lost == 0)
    kept = await asyncio.to_thread(
        lambda: list(Message.objects.filter(direction="in").values_list("external_id", flat=True))
    )
    doubled = len(kept) - len(set(kept)) + abs(len(set(kept)) - heard.said)
    table.add("restart: messages too many or too few", str(doubled), "0", doubled == 0)
    slowest = max(heard.lines.values())
    table.notes.append(
        f"Restart: the web process was stopped while {said} lines were said, stood still for "
        f"{WITHOUT_WEB_SECONDS:g} s and started anew; the latest line was there after {slowest:.1f} s."
    )


def _table(alone: Heard, talked: Heard, flood: Heard, costs: tuple[Cost, Cost, Cost]) -> Table:
    table = Table(f"Chat: {VISITORS} visitors, a line to the other side")
    table.add("line → 200 after its commit, p95", f"{ms(percentile(alone.stored, 0.95)):,.0f} ms")
    _waits(table, "line → taken in and told by a stream", alone.lines)
    _waits(table, "both at once: line → told by a stream", talked.lines)
    _waits(table, f"both at once: answer of {AGENTS} agents → in the visitor's window", talked.answers)
    _waits(table, "an answer to every line: → in the visitor's window", flood.answers)
    for cost in costs:
        shares = ", ".join(f"{name} {ms(used) / cost.count:.1f}" for name, used in cost.used.items())
        table.at_most(f"time on a core for each {cost.what}", ms(cost.each()), 1000 / FASTEST, "ms")
        table.add(f"… of it, {cost.count / cost.clock:.0f} a second", f"{shares} ms")
    lost = sum(cost.count for cost in costs) - sum(
        len(one.lines) + len(one.answers) for one in (alone, talked, flood)
    )
    table.add("lines that did not arrive", str(lost), "0", lost == 0)
    twice = alone.twice + talked.twice + flood.twice
    table.add("lines that were told twice in one stream", str(twice), "0", twice == 0)
    table.notes.append(
        f"{VISITORS} visitors with open windows say {LINES} lines each, every {PAUSE_SECONDS[0]:g} to {PAUSE_SECONDS[1]:g} s, "
        f"as people do who type and read: {RATE:.0f} a second. Then they go on while {AGENTS} agents, one for "
        f"{VISITORS_OF_AN_AGENT} visitors, answer as quickly as people type: {AGENTS / AVERAGE:.1f} answers a second beside the "
        f"{RATE:.0f} lines. Then {RATE:.0f} answers a second, for which {VISITORS} people would have to type at once. "
        f"{FASTEST} a second shall not need more than one core. One web process, one worker."
    )
    table.notes.append(f"The machine's load was {os.getloadavg()[0]:.1f} at the end.")
    return table


def _waits(table: Table, what: str, took: dict[str, float]) -> None:
    seconds = [*took.values()]
    table.add(f"{what}, p50", f"{ms(percentile(seconds, 0.5)):,.0f} ms")
    table.at_most(f"{what}, p95", ms(percentile(seconds, 0.95)), 1000, "ms")


async def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true() and time.monotonic() < until:
        await asyncio.sleep(0.05)
