"""Which web sites may show a window: origins, compared letter by letter."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
PORTS = {"http": 80, "https": 443}
MOST = 50


class BadOrigin(ValueError):
    """Not the address of a web site."""


def as_origin(typed: str) -> str:
    """`shop.example` is https://shop.example, as a browser names it. No wildcards. Raises BadOrigin."""
    text = typed.strip().lower()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:
        raise BadOrigin(typed) from error
    if parts.scheme not in PORTS or not HOST.fullmatch(host) or parts.username is not None:
        raise BadOrigin(typed)
    shown = "" if port in (None, PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"
