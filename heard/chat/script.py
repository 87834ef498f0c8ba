"""`GET /chat/<key>.js`: the window itself, one small script for every site, as `setup.chat_script` wrote it."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

from heard.chat.http import Asked, Said

FILE = Path(__file__).parent / "static" / "chat.min.js"


def script(asked: Asked) -> Said:
    """Asked for anew with every page, and handed over only when it changed."""
    plain, packed, mark = _script()
    headers = {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": "public, max-age=300",
        "cross-origin-resource-policy": "cross-origin",
        "etag": mark,
        "vary": "Accept-Encoding",
    }
    if asked.headers.get("if-none-match") == mark:
        return Said(304, b"", headers)
    if "gzip" in asked.headers.get("accept-encoding", ""):
        return Said(200, packed, {**headers, "content-encoding": "gzip"})
    return Said(200, plain, headers)


@cache
def _script() -> tuple[bytes, bytes, str]:
    plain = FILE.read_bytes()
    return plain, gzip.compress(plain, mtime=0), f'W/"{hashlib.sha256(plain).hexdigest()[:16]}"'
