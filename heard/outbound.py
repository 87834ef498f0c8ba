"""The only way out to other machines: guarded HTTP.

An address that somebody else may have written (a picture's URL, a base URL typed into a form) must
never reach our own network. The guard resolves a name once, refuses what is not public, and connects
to the very address it checked, so that a second answer of a name server changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0
LARGEST = 20 * 1024 * 1024
LONGEST_LINE = 1024 * 1024


class Refused(Exception):
    """The address is not one that we may call."""


class Unreachable(Exception):
    """No byte of the request can have been accepted: no such name, refused, no TLS."""


class Broken(Exception):
    """The request was under way when the connection died, timed out or the answer grew too large."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer that goes on. Reading it raises Broken when it ends badly."""

    status: int
    headers: Mapping[str, str]
    lines: Iterator[bytes]

    def __iter__(self) -> Iterator[bytes]:
        return self.lines


File = tuple[str, bytes, str]  # name, content, content type


@dataclass(frozen=True)
class Allowed:
    """Hosts and networks that an operator lets us call although they are private: the sandbox, say."""

    entries: Sequence[str] = ()

    def __contains__(self, target: tuple[str, str]) -> bool:
        host, address = target
        return any(entry == host or _within(address, entry) for entry in self.entries)


def _within(address: str, entry: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False


class _Timed(httpcore2.NetworkStream):
    """A connection for one request, which ends at its time.

    The client's own time-outs begin anew with every byte: a server that gives one now and then would
    hold us for hours.
    """

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = self._left(timeout, httpcore2.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None, too_late: type[Exception]) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise too_late("the answer took too long")
        return left if timeout is None else min(timeout, left)


class _GuardedBackend(httpcore2.NetworkBackend):
    def __init__(self, allowed: Allowed, total_seconds: float) -> None:
        self.allowed, self.total_seconds = allowed, total_seconds
        self.plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        address = self._checked(host, port)
        deadline = time.monotonic() + self.total_seconds
        return _Timed(self.plain.connect_tcp(address, port, timeout, local_address, socket_options), deadline)

    def _checked(self, host: str, port: int) -> str:
        try:
            return checked(host, port, self.allowed)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"no address for {host}") from error


def checked(host: str, port: int, allowed: Allowed) -> str:
    """The one address to connect to. Raises Refused, OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not (is_public(address) or (host, address) in allowed):
            raise Refused(f"{host} leads into a private network")
    return addresses[0]


# Ways of writing an IPv4 address as an IPv6 one that carry it at the end, and blocks that are nobody's.
_CARRIES_IPV4 = ipaddress.ip_network("64:ff9b::/96")
_NOBODYS = [
    ipaddress.ip_network(block)
    for block in ("::/96", "64:ff9b:1::/48", "fec0::/10", "3fff::/20", "5f00::/16", "192.88.99.0/24")
]


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not any(ip in block for block in _NOBODYS)


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _CARRIES_IPV4 else None


@cache
def _tls() -> ssl.SSLContext:
    """Made once: to read all authorities takes longer than a call. Those that are new are trusted after a restart."""
    return ssl.create_default_context()


class _GuardedTransport(httpx2.HTTPTransport):
    def __init__(self, allowed: Allowed, total_seconds: float) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        # The transport has no parameter for its backend. No connection is kept: one that the other
        # side closed meanwhile would look like a request that may have been accepted.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls(),
            max_connections=8,
            max_keepalive_connections=0,
            network_backend=_GuardedBackend(allowed, total_seconds),
        )


class Outbound:
    """One guarded client. No redirects, no cookies, no proxies from the environment."""

    def __init__(self, *, allowed: Sequence[str] = (), total_seconds: float = TOTAL_SECONDS) -> None:
        self.total_seconds = total_seconds
        self.allowed = Allowed(allowed)
        self.client = httpx2.Client(
            transport=_GuardedTransport(self.allowed, total_seconds),
            timeout=httpx2.Timeout(total_seconds, connect=CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "Heard", "Accept-Encoding": "gzip"},
        )

    def call(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, File] | None = None,
        headers: Mapping[str, str] | None = None,
        largest: int = LARGEST,
    ) -> Answer:
        """Raises Refused, Unreachable or Broken. Whatever status comes back is an answer."""
        if _scheme(url) not in ("http", "https"):
            raise Refused("only http and https are called")
        deadline = time.monotonic() + self.total_seconds
        with (
            _in_our_words(),
            self.client.stream(
                method, url, params=params, json=json, data=form, files=files, headers=headers
            ) as response,
        ):
            self.client.cookies.clear()
            body = _read(response, deadline=deadline, largest=largest)
            return Answer(response.status_code, _lowered(response), body)

    @contextmanager
    def lines(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        silence: float,
    ) -> Iterator[Stream]:
        """An answer without an end, line by line. `silence` is in seconds. Raises like `call`."""
        if _scheme(url) not in ("http", "https"):
            raise Refused("only http and https are called")
        wanted = {**(headers or {}), "Accept-Encoding": "identity"}
        timeout = httpx2.Timeout(silence, connect=CONNECT_SECONDS)
        with (
            _in_our_words(),
            self.client.stream("GET", url, params=params, headers=wanted, timeout=timeout) as response,
        ):
            self.client.cookies.clear()
            yield Stream(response.status_code, _lowered(response), _lines(response))

    def connect(self, host: str, port: int, *, ports: Collection[int] = ()) -> socket.socket:
        """A plain connection to the checked address. Raises Refused or Unreachable.

        Without a choice of `ports` a person's form could knock at every door of a machine; where an operator
        let us in, all of them are open.
        """
        try:
            address = checked(host, port, self.allowed)
            if port not in ports and (host, address) not in self.allowed:
                raise Refused(f"port {port} is none that we call")
            return socket.create_connection((address, port), CONNECT_SECONDS)
        except (OSError, UnicodeError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
        raise Unreachable(str(error) or type(error).__name__) from error
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
        raise Refused(str(error)) from error
    except (httpx2.HTTPError, zlib.error) as error:
        raise Broken(str(error) or type(error).__name__) from error


def _lowered(response: httpx2.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _lines(response: httpx2.Response) -> Iterator[bytes]:
    waiting = b""
    for part in response.iter_raw():
        *whole, waiting = (waiting + part).split(b"\n")
        if len(waiting) > LONGEST_LINE:
            raise Broken(f"a line of the answer is longer than {LONGEST_LINE} bytes")
        yield from (line.rstrip(b"\r") for line in whole)


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme
    except ValueError as error:
        raise Refused(str(error)) from error


def _read(response: httpx2.Response, *, deadline: float, largest: int) -> bytes:
    """The body, unpacked a piece at a time: a small packed one may stand for gigabytes."""
    packed = response.headers.get("content-encoding", "identity").lower()
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed == "gzip" else None
    parts, size = [], 0
    for raw in response.iter_raw():
        part = unpack.decompress(raw, largest - size + 1) if unpack else raw
        size += len(part)
        if size > largest:
            raise Broken(f"the answer is larger than {largest} bytes")
        if time.monotonic() > deadline:
            raise Broken("the answer took too long")
        parts.append(part)
    return b"".join(parts)
