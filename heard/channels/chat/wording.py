"""How our front words what visitors do. One place, so that what is written can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any


def line(
    key: str,
    *,
    visitor: Mapping[str, str],
    text: str,
    at: datetime,
    page: Mapping[str, str],
    files: Sequence[Mapping[str, str]] = (),
    aliases: Sequence[str] = (),
    proved: bool = False,
    left: bool = False,
) -> bytes:
    """`key` was made by the visitor's browser: the same line has the same key, however often it comes.

    `aliases` are what the visitor was called in this browser before the site said who it is.
    """
    return _call(
        type="line",
        id=key,
        visitor=dict(visitor),
        text=text,
        page=dict(page),
        files=[dict(file) for file in files],
        aliases=list(aliases),
        proved=proved,
        left=left,
        at=at.isoformat(),
    )


def seen(visitor: str, *, until: datetime, at: datetime) -> bytes:
    return _call(type="seen", visitor={"id": visitor}, until=until.isoformat(), at=at.isoformat())


def identified(was: str, now: str, *, at: datetime) -> bytes:
    """The site says who the visitor is whom we knew without a name."""
    return _call(type="identified", visitor={"id": now}, was=was, at=at.isoformat())


def _call(**event: Any) -> bytes:
    return json.dumps({"event": event}).encode()
