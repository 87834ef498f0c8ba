"""Visitors of a web site: what the window's script does, with its patience, and without a window."""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2

AWAY = (httpx2.TransportError, httpx2.StreamError)


@dataclass
class Heard:
    """When each line set out, and how long it took to be told by a stream. Answers are known by their text."""

    began: dict[str, float] = field(default_factory=dict)
    stored: list[float] = field(default_factory=list)
    lines: dict[str, float] = field(default_factory=dict)
    answers: dict[str, float] = field(default_factory=dict)
    twice: int = 0
    said: int = 0

    def forget(self) -> None:
        """But not how much was said."""
        self.began.clear()
        self.stored.clear()
        self.lines.clear()

    def new_talk(self) -> Heard:
        """What was heard so far, apart from what comes."""
        past = replace(self)
        self.began, self.stored, self.lines, self.answers = {}, [], {}, {}
        self.twice = 0
        return past

    def hear(self, line: dict[str, Any]) -> None:
        which, mark = (self.answers, line["text"]) if line["ours"] else (self.lines, line["id"])
        if mark in self.began:
            which.setdefault(mark, time.perf_counter() - self.began[mark])


class Visitor:
    def __init__(self, client: httpx2.AsyncClient, key: str, site: str, number: int, heard: Heard) -> None:
        self.client, self.root, self.number, self.heard = client, f"/chat/{key}", number, heard
        self.told = {"Origin": site, "X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
        self._chance, self._last = random.Random(number), ""
        self._listening: asyncio.Task[None] | None = None

    async def comes(self, *, within: float) -> None:
        """Opens the window some time from now, and hears what is told there."""
        await asyncio.sleep(self._chance.uniform(0, within))
        begun = await self._ask("sessions", {"language": "en"})
        self.told["Authorization"] = f"Bearer {begun.json()['token']}"
        self._listening = asyncio.create_task(self._listen())

    async def goes(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    async def says(self, text: str) -> None:
        key, began = str(uuid.uuid4()), time.perf_counter()
        self.heard.began[key] = began
        self.heard.said += 1
        await self._ask("lines", {"key": key, "text": text})
        self.heard.stored.append(time.perf_counter() - began)

    async def _ask(self, verb: str, body: dict[str, Any]) -> httpx2.Response:
        """Until it is answered: what could not be told is told again, under the same key."""
        while True:
            with suppress(*AWAY):
                answer = await self.client.post(f"{self.root}/{verb}", json=body, headers=self.told)
                if answer.status_code == 200:
                    return answer
                if answer.status_code < 500 and answer.status_code != 429:
                    answer.raise_for_status()
            await asyncio.sleep(self._chance.uniform(2, 5))

    async def _listen(self) -> None:
        tries = 0
        while True:
            with suppress(*AWAY):
                tries = 0 if await self._hear_one_stream() else tries
            tries += 1
            await asyncio.sleep(min(30, 0.5 * 2**tries) * self._chance.uniform(0.5, 1))

    async def _hear_one_stream(self) -> bool:
        """Until it ends. True when something was heard."""
        kind, seen = "", set[str]()
        since = {"Last-Event-ID": self._last} if self._last else {}
        asked = self.client.stream("GET", f"{self.root}/live", headers=self.told | since)
        async with asked as stream:
            async for row in stream.aiter_lines():
                name, _, value = row.partition(": ")
                if name == "event":
                    kind = value
                elif name == "id":
                    self._last = value
                elif name == "data" and kind == "line":
                    line = json.loads(value)
                    self.heard.twice += line["id"] in seen
                    seen.add(line["id"])
                    self.heard.hear(line)
        return bool(kind)
