"""Posts and pictures for the tests, small enough to write down."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from heard.inboxes.models import Inbox
from heard.publishing.models import PlannedPost, Publication
from heard.publishing.schedule import schedule
from heard.publishing.write import Target, write
from heard.workspaces.models import Agent
from tests.cast import NOON


def a_plan(by: Agent, *inboxes: Inbox, text: str = "We open on Sunday.") -> PlannedPost:
    return write(text, targets=[Target(inbox) for inbox in inboxes], by=by, now=NOON)


def scheduled(by: Agent, *inboxes: Inbox, at: Any = NOON, text: str = "We open on Sunday.") -> PlannedPost:
    return schedule(a_plan(by, *inboxes, text=text), at=at, by=by, now=NOON)


def only(plan: PlannedPost) -> Publication:
    return Publication.objects.select_related("plan", "inbox").get(plan=plan)


def a_png(width: int = 40, height: int = 30) -> bytes:
    """A teal one, that a browser can draw; of one that is too large only the head."""
    rows = (b"\x00" + bytes((46, 125, 122)) * width) * height if width * height < 1_000_000 else b""
    parts = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in (*parts, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def a_jpeg(width: int = 40, height: int = 30) -> bytes:
    application = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF" + bytes(10)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + application + frame + b"\xff\xd9"
