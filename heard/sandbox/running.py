"""A sandbox for tests: on a free port of this machine, in a thread, with the control API at hand."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from heard.sandbox import certificates
from heard.sandbox.app import create_app
from heard.sandbox.serve import server

START_S = 10.0


class ControlRefused(Exception):
    """The control API said no; the message has its sentence."""


class Running:
    """`url` is the sandbox's address. Every method is one call of the control API."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx2.Client(base_url=url, timeout=30, verify=certificates.known(), trust_env=False)

    def control(
        self, path: str, wish: dict[str, Any] | None = None, *, query: dict[str, str] | None = None
    ) -> Any:
        """GET without a wish, POST with one. Raises ControlRefused."""
        if wish is None:
            answer = self._client.get(f"/control/{path}", params=query)
        else:
            answer = self._client.post(f"/control/{path}", json=wish, params=query)
        if answer.status_code >= 400:
            raise ControlRefused(f"{answer.status_code}: {answer.json()['error']}")
        return answer.json()

    def say(self, network: str, *, by: str, text: str = "", **rest: Any) -> str:
        """The id of what was said."""
        return str(self.control(f"{network}/say", {"as": by, "text": text, **rest})["id"])

    def edit(self, network: str, id: str, text: str, **rest: Any) -> None:
        self.control(f"{network}/edit", {"id": id, "text": text, **rest})

    def delete(self, network: str, id: str) -> None:
        self.control(f"{network}/delete", {"id": id})

    def react(self, network: str, id: str, *, by: str, **rest: Any) -> None:
        self.control(f"{network}/react", {"id": id, "as": by, **rest})

    def own_app(self, network: str, text: str, **where: Any) -> str:
        return str(self.control(f"{network}/own_app", {"text": text, **where})["id"])

    def deliver(self, network: str, body: bytes, *, page: str = "") -> int:
        """The status that the hook answered."""
        query = {"page": page} if page else {}
        answer = self._client.post(f"/control/{network}/deliver", content=body, params=query)
        if answer.status_code >= 400:
            raise ControlRefused(f"{answer.status_code}: {answer.json()['error']}")
        return int(answer.json()["status"])

    def state(self, network: str, *, page: str = "", only: str = "") -> dict[str, Any]:
        query = {name: value for name, value in (("page", page), ("only", only)) if value}
        found: dict[str, Any] = self.control(f"{network}/state", query=query)
        return found

    def faults(self, network: str, **faults: Any) -> None:
        """Replaces all faults; without any, clears them."""
        self.control(f"{network}/faults", faults)

    def credentials(self, network: str, *, page: str = "") -> dict[str, str]:
        query = {"page": page} if page else {}
        found: dict[str, str] = self.control(f"{network}/credentials", query=query)
        return found

    def page(self, name: str) -> str:
        """The id of a new page."""
        return str(self.control("facebook/page", {"name": name})["id"])

    def clock(self, offset_s: float) -> None:
        self.control("clock", {"offset_s": offset_s})

    def settled(self, network: str, *, seconds: float = 10) -> dict[str, Any]:
        """Waits until every hook was delivered; the state then. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while self.state(network, only="deliveries")["deliveries"]["pending"]:
            if time.monotonic() > until:
                raise TimeoutError(f"Hooks of {network} were still pending after {seconds} s.")
            time.sleep(0.01)
        return self.state(network)

    def close(self) -> None:
        self._client.close()


@contextmanager
def running_sandbox(*, folder: Path | None = None, lively: bool = False) -> Iterator[Running]:
    """Stops when the block ends; with a `folder`, everything is written down there by then."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = server(create_app(folder=folder, lively=lively, url=url), "127.0.0.1", 0)
    thread = threading.Thread(target=app.run, kwargs={"sockets": [listener]}, daemon=True, name="sandbox")
    thread.start()
    until = time.monotonic() + START_S
    while not app.started:
        if time.monotonic() > until or not thread.is_alive():
            raise RuntimeError("The sandbox did not start.")
        time.sleep(0.005)
    sandbox = Running(url)
    try:
        yield sandbox
    finally:
        sandbox.close()
        app.stop()  # which closes the listener, too
        if folder is not None:
            thread.join(START_S)
