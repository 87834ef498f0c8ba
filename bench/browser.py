"""The little of a browser that a benchmark needs: GET on a connection that stays open, and event streams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass


class BadAnswer(Exception):
    pass


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, port: int) -> Connection:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=4 * 1024 * 1024))

    async def get(self, path: str, headers: Mapping[str, str]) -> bytes:
        """The body. Raises BadAnswer for everything but 200."""
        fields = await self._ask(path, headers)
        if "content-length" in fields:
            return await self.reader.readexactly(int(fields["content-length"]))
        parts = [part async for part in self._chunks()]
        return b"".join(parts)

    async def events(self, path: str, headers: Mapping[str, str]) -> AsyncIterator[str]:
        """The names of the events of a stream, as they come."""
        await self._ask(path, headers)
        async for part in self._chunks():
            for line in part.decode().splitlines():
                if line.startswith("event: "):
                    yield line.removeprefix("event: ")

    def close(self) -> None:
        self.writer.close()

    async def _ask(self, path: str, headers: Mapping[str, str]) -> dict[str, str]:
        lines = [f"GET {path} HTTP/1.1", "host: 127.0.0.1", *(f"{k}: {v}" for k, v in headers.items())]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        if " 200" not in head[0]:
            raise BadAnswer(f"{path}: {head[0]}")
        return {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }

    async def _chunks(self) -> AsyncIterator[bytes]:
        while True:
            size = int((await self.reader.readline()).strip() or b"0", 16)
            part = await self.reader.readexactly(size)
            await self.reader.readline()
            if not size:
                return
            yield part
