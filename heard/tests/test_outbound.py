"""The guard around outgoing calls: forbidden addresses never see a connection, and nothing lasts for ever."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from heard.outbound import Broken, Outbound, Refused, Unreachable, is_public

FORBIDDEN = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "0.0.0.0",
    "0",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fd00::1]",
    "[fc00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[2001:db8::1]",
    "169.254.169.254",
    "169.254.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
]
PUBLIC = ["8.8.8.8", "157.240.1.35", "2a03:2880:f12f:83:face:b00c::25de", "64:ff9b::808:808"]


class Server:
    """Answers every connection with the same bytes, as told, and counts who came."""

    def __init__(self, answer: Callable[[socket.socket], None]) -> None:
        self.came = 0
        self.heard = b""
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.came += 1
            threading.Thread(target=self._one, args=(line,), daemon=True).start()

    def _one(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            self.heard += line.recv(65_536)
            self._answer(line)

    def close(self) -> None:
        # Closing alone would let the one who is accepting take another.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def _server(answer: bytes | Callable[[socket.socket], None]) -> Iterator[Server]:
    server = Server(answer if callable(answer) else lambda line: line.sendall(answer))
    try:
        yield server
    finally:
        server.close()


def _said(body: bytes = b"hello", *headers: str, status: str = "200 OK") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""])
    return head.encode() + body


@pytest.fixture
def allowed() -> Outbound:
    return Outbound(allowed=("127.0.0.1",), total_seconds=1.0)


@pytest.mark.parametrize("host", FORBIDDEN)
def test_a_forbidden_address_never_sees_a_connection(host: str) -> None:
    with _server(_said()) as server, pytest.raises((Refused, Unreachable)):
        Outbound(total_seconds=2).call("GET", f"http://{host}:{server.port}/")

    assert server.came == 0


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8@127.0.0.1:{port}/",
        "http://example.com#@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}#.example.com/",
        "http://127.0.0.1:{port}\\@example.com/",
        "http://①②⑦.0.0.1:{port}/",
        "http://127。0。0。1:{port}/",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}",
        "http://",
        "http://[::1",
        "http://127.0.0.1:99999999/",
        "",
    ],
)
def test_tricks_with_addresses_lead_nowhere(url: str) -> None:
    with _server(_said()) as server, pytest.raises((Refused, Unreachable)):
        Outbound(total_seconds=2).call("GET", url.format(port=server.port))

    assert server.came == 0


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://a/", "data:,x", "HTTP"])
def test_only_http_is_spoken(allowed: Outbound, url: str) -> None:
    with pytest.raises(Refused):
        allowed.call("GET", url)


def test_the_address_that_was_checked_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers first with a public address, then with ours."""
    asked: list[str] = []
    honest = socket.getaddrinfo

    def lie(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        if not host.endswith(".example"):
            return honest(host, port, *rest, **more)
        asked.append(host)
        address = "203.0.113.7" if len(asked) > 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with _server(_said()) as server:
        monkeypatch.setattr(socket, "getaddrinfo", lie)
        with pytest.raises(Refused):
            Outbound(total_seconds=1).call("GET", f"http://rebinding.example:{server.port}/")
        asked.clear()
        answer = Outbound(allowed=("rebinding.example",), total_seconds=1).call(
            "GET", f"http://rebinding.example:{server.port}/"
        )

    assert (answer.status, asked) == (200, ["rebinding.example"])


def test_a_name_with_one_private_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **rest: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Refused):
        Outbound(total_seconds=1).call("GET", "http://both.example/")


def test_redirects_are_answers_and_not_followed(allowed: Outbound) -> None:
    with _server(_said()) as inner:
        moved = _said(b"", f"Location: http://127.0.0.1:{inner.port}/", status="302 Found")
        with _server(moved) as outer:
            answer = allowed.call("GET", f"http://127.0.0.1:{outer.port}/")

    assert (answer.status, inner.came) == (302, 0)


def test_an_answer_that_is_too_large_is_not_read(allowed: Outbound) -> None:
    with _server(_said(b"x" * 3_000_000)) as server, pytest.raises(Broken):
        allowed.call("GET", f"http://127.0.0.1:{server.port}/", largest=1_000_000)


def test_an_answer_without_end_is_not_read(allowed: Outbound) -> None:
    def endless(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            line.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    with _server(endless) as server, pytest.raises(Broken):
        allowed.call("GET", f"http://127.0.0.1:{server.port}/", largest=1_000_000)


def test_a_packed_bomb_does_not_go_off(allowed: Outbound) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with _server(_said(bomb, "Content-Encoding: gzip")) as server, pytest.raises(Broken):
        allowed.call("GET", f"http://127.0.0.1:{server.port}/", largest=1_000_000)


def test_packed_answers_are_unpacked_and_spoilt_ones_said_to_be(allowed: Outbound) -> None:
    with _server(_said(gzip.compress(b"hello"), "Content-Encoding: gzip")) as server:
        assert allowed.call("GET", f"http://127.0.0.1:{server.port}/").body == b"hello"
    with _server(_said(b"nonsense", "Content-Encoding: gzip")) as server, pytest.raises(Broken):
        allowed.call("GET", f"http://127.0.0.1:{server.port}/")


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_server_that_gives_a_byte_now_and_then_does_not_hold_us(allowed: Outbound, head: bytes) -> None:
    def drip(line: socket.socket) -> None:
        line.sendall(head)
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000:
            line.sendall(bytes([byte]))
            time.sleep(0.05)

    began = time.monotonic()
    with _server(drip) as server, pytest.raises(Broken):
        allowed.call("GET", f"http://127.0.0.1:{server.port}/")

    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 500_000,
    ],
)
def test_an_answer_that_breaks_off_leaves_a_doubt(allowed: Outbound, answer: bytes) -> None:
    with _server(answer) as server, pytest.raises(Broken):
        allowed.call("POST", f"http://127.0.0.1:{server.port}/", json={"text": "hello"})

    assert server.came == 1


def test_where_nobody_listens_nothing_can_have_been_accepted(allowed: Outbound) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable):
            allowed.call("POST", f"http://127.0.0.1:{taken.getsockname()[1]}/", json={})


def test_a_server_without_tls_can_have_accepted_nothing(allowed: Outbound) -> None:
    with _server(b"this is no TLS") as server, pytest.raises(Unreachable):
        allowed.call("POST", f"https://127.0.0.1:{server.port}/", json={})


def test_no_cookie_is_kept_and_no_proxy_asked(allowed: Outbound, monkeypatch: pytest.MonkeyPatch) -> None:
    with _server(_said(b"proxy")) as proxy, _server(_said(b"hello", "Set-Cookie: a=b")) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        for _ in range(2):
            assert allowed.call("GET", f"http://127.0.0.1:{server.port}/").body == b"hello"

    assert proxy.came == 0
    assert b"cookie" not in server.heard.lower()
