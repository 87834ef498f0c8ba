"""Files that are given by their address. The networks fetch them, and so does the sandbox what lies on this machine.

An address anywhere else is kept as it is and fetched by nobody: the sandbox speaks with no strangers.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx2

from heard.sandbox import certificates

HERE = ("127.0.0.1", "localhost", "::1")
PATIENCE_S = 10


class NotThere(Exception):
    """The address gives no file."""


def is_here(url: str) -> bool:
    try:
        return urlsplit(url).hostname in HERE
    except ValueError:
        return False


async def fetched(url: str) -> bytes:
    """Raises NotThere."""
    try:
        async with httpx2.AsyncClient(
            timeout=PATIENCE_S, verify=certificates.known(), trust_env=False
        ) as client:
            answer = await client.get(url)
    except (httpx2.TransportError, httpx2.InvalidURL) as error:
        raise NotThere from error
    if answer.status_code != 200:
        raise NotThere
    return answer.content
