"""A load generator that takes little of the machine: one thread, raw sockets, requests made beforehand."""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice

HEAD_ENDS = b"\r\n\r\n"
LENGTH = b"content-length: "
SILENCE_SECONDS = 30.0


class Silent(Exception):
    """The server has not answered anything for half a minute."""


@dataclass
class Answers:
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def accepted(self) -> int:
        return self.statuses[200]


@dataclass(eq=False)
class _Caller:
    """One connection: one request at a time, the next one when the answer is complete."""

    socket: socket.socket
    received: bytes = b""
    asked_at: float = 0.0

    def ask(self, request: bytes) -> None:
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> int:
        """The status of the answer, 0 while it is not complete."""
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        self.received += part
        head, found, body = self.received.partition(HEAD_ENDS)
        if not found or len(body) < _length(head):
            return 0
        self.received = b""
        return int(head[9:12])


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(LENGTH)
    if not found:
        raise ConnectionError("an answer without its length")
    return int(rest.split(b"\r\n", 1)[0])


def call_for(port: int, requests: list[bytes], *, connections: int, seconds: float) -> Answers:
    """The same requests again and again until the time is over."""
    return _call(port, cycle(requests), connections, time.perf_counter() + seconds)


def call_each(port: int, requests: list[bytes], *, connections: int) -> Answers:
    """Each request once, as quickly as the connections take them."""
    return _call(port, iter(requests), min(connections, len(requests)), float("inf"))


def _call(port: int, requests: Iterator[bytes], connections: int, until: float) -> Answers:
    callers = [_Caller(_connected(port)) for _ in range(connections)]
    try:
        with selectors.DefaultSelector() as selector:
            for caller in callers:
                selector.register(caller.socket, selectors.EVENT_READ, caller)
            return _exchange(selector, callers, requests, until)
    finally:
        for caller in callers:
            caller.socket.close()


def _exchange(
    selector: selectors.BaseSelector, callers: list[_Caller], requests: Iterator[bytes], until: float
) -> Answers:
    answers = Answers()
    began = time.perf_counter()
    for caller, request in zip(callers, islice(requests, len(callers)), strict=True):
        caller.ask(request)
    busy = len(callers)
    while busy:
        ready = selector.select(SILENCE_SECONDS)
        if not ready:
            raise Silent(f"{busy} requests were not answered within {SILENCE_SECONDS:g} seconds")
        for key, _mask in ready:
            caller = key.data
            if status := caller.answer():
                now = time.perf_counter()
                answers.latencies.append(now - caller.asked_at)
                answers.statuses[status] += 1
                another = next(requests, None) if now < until else None
                if another is None:
                    busy -= 1
                else:
                    caller.ask(another)
    answers.seconds = time.perf_counter() - began
    return answers


def _connected(port: int) -> socket.socket:
    connected = socket.create_connection(("127.0.0.1", port), timeout=SILENCE_SECONDS)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected
