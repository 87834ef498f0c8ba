"""Posts and pictures for the tests, small enough to write down."""

from __future__ import annotations

import struct
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
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(9)


def a_jpeg(width: int = 40, height: int = 30) -> bytes:
    application = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF" + bytes(10)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + application + frame + b"\xff\xd9"
