"""`GET /chat/<key>/files/<signed>`: pictures and files of a conversation, by addresses that soon stop to work."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.core import signing

from heard.chat.http import Refused, Send
from heard.chat.rows import Rows, WidgetRow
from heard.images import image_type
from heard.kept_files import path_of

SALT = "heard.chat.files"
GOOD_FOR_SECONDS = 3600
CHUNK = 128 * 1024


def signed_path(widget_key: str, file: uuid.UUID) -> str:
    """Shown to the visitor alone whose conversation it stands in; an hour later it opens nothing."""
    return f"/chat/{widget_key}/files/{signing.TimestampSigner(salt=SALT).sign(str(file))}"


async def serve(signed: str, widget: WidgetRow, rows: Rows, send: Send) -> None:
    """Raises Refused."""
    try:
        key = uuid.UUID(signing.TimestampSigner(salt=SALT).unsign(signed, max_age=GOOD_FOR_SECONDS))
    except (signing.BadSignature, ValueError) as error:
        raise Refused(404, "no_such_file") from error
    name = await rows.file_name(key, widget.inbox_id)
    if name is None:
        raise Refused(404, "no_such_file")
    try:
        file = await asyncio.to_thread(Path.open, path_of(str(key)), "rb")
    except OSError as error:
        raise Refused(404, "no_such_file") from error
    with file:
        await _hand_over(file, name, send)


async def _hand_over(file: BinaryIO, name: str, send: Send) -> None:
    parts = _parts(file)
    first = await anext(parts, b"")
    # Whatever else it claims to be is handed over as a download.
    image = image_type(first[:16])
    shown = "inline" if image else "attachment"
    headers = {
        "content-type": image or "application/octet-stream",
        "content-disposition": f"{shown}; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "sandbox; default-src 'none'",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
        "cache-control": f"private, max-age={GOOD_FOR_SECONDS}",
        "referrer-policy": "no-referrer",
    }
    fields = [(field.encode(), value.encode()) for field, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": fields})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    async for part in parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _parts(file: BinaryIO) -> AsyncIterator[bytes]:
    while part := await asyncio.to_thread(file.read, CHUNK):
        yield part
