"""Who may use the control API: this machine alone, and no web page that it happens to show."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request


def refused(request: Request) -> str:
    """Why not, in a sentence; "" when the caller is welcome."""
    if request.client is None or not _loopback(request.client.host):
        return "The control API answers this machine alone."
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return "The control API does not answer through a proxy."
    # A name that someone pointed at 127.0.0.1 would let any web page read the credentials.
    if not _loopback(urlsplit("//" + request.headers.get("host", "")).hostname or ""):
        return "The control API is called by the machine's loopback address."
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        return "The control API is not called from other web pages."
    return ""


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
