"""Lists in pages: cursors, limits, since and until, and the full address of the next page."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import wrong

LIMIT, MOST = 25, 100

T = TypeVar("T")


def page_of(
    call: Call, things: Sequence[T], path: str, *, key: Any = lambda thing: thing.id
) -> tuple[list[T], Any]:
    """One page of `things`, and the `paging` that goes with it. `key` names a thing in a cursor."""
    limit = min(call.number("limit", LIMIT), MOST)
    start, stop = 0, len(things)
    if after := call.text("after"):
        start = _place(call, things, after, key) + 1
    elif before := call.text("before"):
        stop = _place(call, things, before, key)
        start = max(0, stop - limit)
    some = list(things[start : min(start + limit, stop)])
    if not some:
        return [], {}
    paging: dict[str, Any] = {"cursors": {"before": cursor(key(some[0])), "after": cursor(key(some[-1]))}}
    if start + len(some) < len(things):
        paging["next"] = _address(call, path, after=paging["cursors"]["after"])
    if start:
        paging["previous"] = _address(call, path, before=paging["cursors"]["before"])
    return some, paging


def listing(call: Call, rows: Sequence[Any], paging: Any) -> dict[str, Any]:
    return {"data": list(rows), "paging": paging} if paging else {"data": list(rows)}


def within(call: Call, at: float) -> bool:
    """Is a time between `since` and `until`?"""
    since, until = moment(call, "since"), moment(call, "until")
    return (since is None or at >= since) and (until is None or at <= until)


def moment(call: Call, name: str) -> float | None:
    text = call.text(name)
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise wrong(f"param {name} must be a valid time.") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _place(call: Call, things: Sequence[Any], text: str, key: Any) -> int:
    for place, thing in enumerate(things):
        if cursor(key(thing)) == text:
            return place
    raise wrong("Invalid cursors values, please check cursors parameter.")


def _address(call: Call, path: str, **turn: str) -> str:
    kept = {name: call.text(name) for name in call.values if name not in {"after", "before"}}
    if call.token is not None:
        kept["access_token"] = call.token.id
    return f"{call.base}/{path}?{urlencode(kept | turn)}"
