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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0
LARGEST = 20 * 1024 * 1024


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


class _GuardedBackend(httpcore2.NetworkBackend):
    def __init__(self, allowed: Allowed) -> None:
        self.allowed = allowed
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
        return self.plain.connect_tcp(address, port, timeout, local_address, socket_options)

    def _checked(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"no address for {host}") from error
        addresses = [str(entry[4][0]) for entry in found]
        for address in addresses:
            if not (is_public(address) or (host, address) in self.allowed):
                raise Refused(f"{host} leads into a private network")
        return addresses[0]


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


class _GuardedTransport(httpx2.HTTPTransport):
    def __init__(self, allowed: Allowed) -> None:
        super().__init__(trust_env=False)
        # The transport has no parameter for its backend. No connection is kept: one that the other
        # side closed meanwhile would look like a request that may have been accepted.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=8,
            max_keepalive_connections=0,
            network_backend=_GuardedBackend(allowed),
        )


class Outbound:
    """One guarded client. No redirects, no cookies, no proxies from the environment."""

    def __init__(self, *, allowed: Sequence[str] = (), total_seconds: float = TOTAL_SECONDS) -> None:
        self.total_seconds = total_seconds
        self.client = httpx2.Client(
            transport=_GuardedTransport(Allowed(allowed)),
            timeout=httpx2.Timeout(total_seconds, connect=CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "Heard"},
        )

    def call(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        largest: int = LARGEST,
    ) -> Answer:
        """Raises Refused, Unreachable or Broken. Whatever status comes back is an answer."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise Refused("only http and https are called")
        deadline = time.monotonic() + self.total_seconds
        try:
            with self.client.stream(
                method, url, params=params, json=json, data=form, headers=headers
            ) as response:
                self.client.cookies.clear()
                body = _read(response, deadline=deadline, largest=largest)
                return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, body)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
            raise Refused(str(error)) from error
        except httpx2.HTTPError as error:
            raise Broken(str(error) or type(error).__name__) from error


def _read(response: httpx2.Response, *, deadline: float, largest: int) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > largest:
            raise Broken(f"the answer is larger than {largest} bytes")
        if time.monotonic() > deadline:
            raise Broken("the answer took too long")
        parts.append(part)
    return b"".join(parts)
