"""Whom the sandbox trusts when it calls Heard over TLS."""

from __future__ import annotations

import ssl
from functools import cache

import httpx2


@cache
def known() -> ssl.SSLContext:
    """Read once: it takes longer than a call."""
    return httpx2.create_ssl_context(trust_env=False)
