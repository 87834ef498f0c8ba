"""A receiver of hooks for tests: a real HTTP server that keeps what comes and answers as it is told."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Receiver:
    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []  # statuses for the next calls; then 200
        self.says: Callable[[bytes], bytes] = lambda body: b""  # what the answer to a POST holds
        self.verify_token = ""
        self.challenge: Callable[[dict[str, str]], tuple[int, bytes]] | None = None  # instead of Meta's
        self.url = ""
        self._came = threading.Condition()

    def note(self, headers: dict[str, str], body: bytes) -> int:
        with self._came:
            self.calls.append((headers, body))
            self._came.notify_all()
            return self.answers.pop(0) if self.answers else 200

    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, body in self.calls]

    def elements(self, section: str) -> list[dict[str, Any]]:
        """All changes, messaging or standby elements so far, in the order of their arrival."""
        found = (entry.get(section, []) for body in self.bodies() for entry in body["entry"])
        return [one for some in found for one in some]

    def values(self, item: str = "") -> list[dict[str, Any]]:
        changes = [change["value"] for change in self.elements("changes")]
        return [value for value in changes if not item or value["item"] == item]

    def wait(self, count: int, seconds: float = 10) -> None:
        """Until so many calls have come. Raises TimeoutError."""
        until = time.monotonic() + seconds
        with self._came:
            while len(self.calls) < count:
                if not self._came.wait(max(0, until - time.monotonic())):
                    raise TimeoutError(f"{len(self.calls)} of {count} calls came.")


def signed_rightly(headers: dict[str, str], body: bytes, secret: str) -> bool:
    right = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return headers.get("x-hub-signature-256") == right


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            asked = dict(parse_qsl(urlsplit(self.path).query))
            if receiver.challenge is not None:
                self._say(*receiver.challenge(asked))
                return
            right = asked.get("hub.verify_token") == receiver.verify_token
            self._say(200 if right else 403, asked.get("hub.challenge", "").encode() if right else b"no")

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # the sender was killed in the middle of it
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._say(receiver.note(headers, body), receiver.says(body))

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *parts: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
