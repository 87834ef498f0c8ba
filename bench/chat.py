"""Visitors and agents at once: a line to the other side, both ways, with every window's stream open."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx2
from django.utils import timezone

from bench.house import House
from bench.programs import free_port, running
from bench.tables import Table, ms, percentile
from heard.channels.registry import channel
from heard.chat.models import Widget
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent
from heard.workspaces.tokens import issue_token
from tests.cast import NOON, a_workspace, an_agent

VISITORS = int(os.environ.get("BENCH_VISITORS", "200"))
LINES = 4  # of each visitor, and answers to each
EVERY_SECONDS = 5.0
PATIENCE_SECONDS = 30.0
WARM = "warm"
SITE = "https://shop.example"


@dataclass
class Heard:
    """When each line set out, and how long it took to be told by a stream. Answers are known by their text."""

    began: dict[str, float] = field(default_factory=dict)
    stored: list[float] = field(default_factory=list)
    lines: dict[str, float] = field(default_factory=dict)
    answers: dict[str, float] = field(default_factory=dict)
    twice: int = 0


def measure(house: House) -> Table:
    admin = an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)
    inbox = _window(admin)
    token = issue_token(admin, name="bench", now=NOON)
    port = free_port()
    # So that every visitor has an address of their own, as they have outside.
    os.environ["HEARD_PROXY_COUNT"] = "1"
    with running("heard", "web", "--port", str(port), port=port), running("heard", "worker"):
        heard = asyncio.run(_talk(port, inbox, token))
    return _table(heard)


def _window(admin: Agent) -> Inbox:
    credentials = channel("chat").credentials.model_validate({"account": "The shop"})
    inbox = connect(
        admin.workspace, slug="chat", credentials=credentials, by=admin, now=timezone.now(), public_url=SITE
    )
    Widget.objects.filter(inbox=inbox).update(domains=[SITE])
    return inbox


def _table(heard: Heard) -> Table:
    table = Table("Chat: a line to the other side")
    said = VISITORS * LINES
    table.add("line → 200 after its commit, p95", f"{ms(percentile(heard.stored, 0.95)):,.0f} ms")
    table.add(
        "line → taken in and told by a stream, p50", f"{ms(percentile([*heard.lines.values()], 0.5)):,.0f} ms"
    )
    table.at_most(
        "line → taken in and told by a stream, p95", ms(percentile([*heard.lines.values()], 0.95)), 1000, "ms"
    )
    table.at_most(
        "answer → in the visitor's window, p95", ms(percentile([*heard.answers.values()], 0.95)), 1000, "ms"
    )
    lost = 2 * said - len(heard.lines) - len(heard.answers)
    table.add("lines that did not arrive", str(lost), "0", lost == 0)
    table.add("lines that were told twice in one stream", str(heard.twice), "0", heard.twice == 0)
    table.notes.append(
        f"{VISITORS} visitors with open windows, {LINES} lines and {LINES} answers each, one every "
        f"{EVERY_SECONDS:g} s on average. One web process, one worker."
    )
    return table


async def _talk(port: int, inbox: Inbox, token: str) -> Heard:
    heard = Heard()
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx2.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60, limits=limits
    ) as client:
        await _until_the_worker_works(client, inbox.key)
        visits = (_visit(client, inbox.key, number, heard) for number in range(VISITORS))
        await asyncio.gather(*visits, _answer_all(client, token, heard))
    return heard


async def _until_the_worker_works(client: httpx2.AsyncClient, key: str) -> None:
    """It starts more slowly than what listens on a port."""
    told = {"Origin": SITE, "X-Forwarded-For": "10.9.9.9"}
    begun = await client.post(f"/chat/{key}/sessions", json={"language": "en"}, headers=told)
    told["Authorization"] = f"Bearer {begun.json()['token']}"
    first = {"key": str(uuid.uuid4()), "text": "Is anybody there?"}
    await client.post(f"/chat/{key}/lines", json=first, headers=told)
    until = time.monotonic() + PATIENCE_SECONDS
    while not await asyncio.to_thread(Message.objects.exists) and time.monotonic() < until:
        await asyncio.sleep(0.1)
    await asyncio.to_thread(Ticket.objects.update, subject=WARM)


async def _visit(client: httpx2.AsyncClient, key: str, number: int, heard: Heard) -> None:
    chance, root = random.Random(number), f"/chat/{key}"
    told = {"Origin": SITE, "X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
    begun = await client.post(f"{root}/sessions", json={"language": "en"}, headers=told)
    told["Authorization"] = f"Bearer {begun.json()['token']}"
    async with _listening(client, root, told, heard):
        for _ in range(LINES):
            await asyncio.sleep(EVERY_SECONDS * (0.5 + chance.random()))
            line = str(uuid.uuid4())
            heard.began[line] = time.perf_counter()
            said = await client.post(
                f"{root}/lines", json={"key": line, "text": "Where is it?"}, headers=told
            )
            if said.status_code == 200:
                heard.stored.append(time.perf_counter() - heard.began[line])
        await _until(lambda: len(heard.lines) == VISITORS * LINES)
        await _until(lambda: len(heard.answers) == VISITORS * LINES)


@asynccontextmanager
async def _listening(
    client: httpx2.AsyncClient, root: str, told: dict[str, str], heard: Heard
) -> AsyncIterator[None]:
    listening = asyncio.create_task(_listen(client, root, told, heard))
    try:
        yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def _listen(client: httpx2.AsyncClient, root: str, told: dict[str, str], heard: Heard) -> None:
    kind, seen = "", set[str]()
    async with client.stream("GET", f"{root}/live", headers=told) as stream:
        async for row in stream.aiter_lines():
            name, _, value = row.partition(": ")
            kind = value if name == "event" else kind
            if name != "data" or kind != "line":
                continue
            line, now = json.loads(value), time.perf_counter()
            heard.twice += line["id"] in seen
            seen.add(line["id"])
            which, mark = (heard.answers, line["text"]) if line["ours"] else (heard.lines, line["id"])
            if mark in heard.began:
                which.setdefault(mark, now - heard.began[mark])


async def _answer_all(client: httpx2.AsyncClient, token: str, heard: Heard) -> None:
    """An agent's program, once the visitors have spoken."""
    await _until(lambda: len(heard.lines) == VISITORS * LINES)
    numbers = await asyncio.to_thread(_numbers)
    sent = {"Authorization": f"Bearer {token}"}
    for turn in range(LINES):
        for number in numbers:
            text = f"It is number {number}, answer {turn}."
            heard.began[text] = time.perf_counter()
            await client.post(f"/api/v1/tickets/{number}/reply", json={"text": text}, headers=sent)
            await asyncio.sleep(EVERY_SECONDS / VISITORS)


def _numbers() -> list[int]:
    return list(Ticket.objects.exclude(subject=WARM).order_by("number").values_list("number", flat=True))


async def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LINES * EVERY_SECONDS * 2 + PATIENCE_SECONDS
    while not true() and time.monotonic() < until:
        await asyncio.sleep(0.05)
