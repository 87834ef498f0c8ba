"""How much of Meta's quota is used, and how long that asks us to wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from heard.channels.contract import Unreadable
from heard.channels.fields import as_list, as_mapping
from heard.channels.reading import read_json

# Percent used → wait before the next call. Calling while throttled makes the block longer.
_STEPS: Final = (
    (100, timedelta(minutes=15)),
    (90, timedelta(minutes=5)),
    (80, timedelta(minutes=1)),
)
_LONGEST: Final = timedelta(days=1)
_PERCENTS: Final = ("call_count", "total_time", "total_cputime", "acc_id_util_pct")


def pause_asked(headers: Mapping[str, str]) -> timedelta | None:
    """How long the headers of an answer ask us to wait; None where nothing presses.

    A time that Meta names counts. Only where it names none, the wait is guessed from the part of the
    quota that is used.
    """
    waits = [*_retry_after(headers), *_regain_times(headers)] or list(_guessed(headers))
    return min(max(waits), _LONGEST) if waits else None


def _regain_times(headers: Mapping[str, str]) -> Iterator[timedelta]:
    for use in _uses(headers):
        minutes = _amount(use.get("estimated_time_to_regain_access"))
        if minutes > 0:
            yield timedelta(minutes=min(minutes, 24 * 60))


def _guessed(headers: Mapping[str, str]) -> Iterator[timedelta]:
    for use in _uses(headers):
        percent = max(_amount(use.get(name)) for name in _PERCENTS)
        yield from (wait for step, wait in _STEPS if percent >= step)


def _uses(headers: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    for name in ("x-app-usage", "x-page-usage"):
        yield as_mapping(_header(headers, name))
    for uses in as_mapping(_header(headers, "x-business-use-case-usage")).values():
        yield from map(as_mapping, as_list(uses))


def _header(headers: Mapping[str, str], name: str) -> Any:
    try:
        return read_json(headers.get(name, "null").encode(errors="replace"))
    except Unreadable:
        return None


def _amount(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _retry_after(headers: Mapping[str, str]) -> Iterator[timedelta]:
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        yield timedelta(seconds=min(int(asked[:9]), 24 * 3600))
    elif asked:
        until, since = _http_date(asked), _http_date(headers.get("date", ""))
        if until is not None:
            yield max(until - (since or datetime.now(UTC)), timedelta())


def _http_date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
