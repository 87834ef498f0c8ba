"""How long X's headers ask us to wait before the next call of the same kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

_LONGEST: Final = timedelta(days=1)
_COUNTED: Final = ("x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour")


def pause_asked(headers: Mapping[str, str], *, refused: bool = False) -> timedelta | None:
    """None where calls are left. `refused`: the answer was 429, so there are none."""
    waits = [_until(headers.get(f"{name}-reset", "")) for name in _COUNTED if _is_used_up(headers, name)]
    if refused and not any(waits):
        waits = [_until(headers.get("x-rate-limit-reset", ""))]
    found = [wait for wait in waits if wait]
    return min(max(found), _LONGEST) if found else None


def _is_used_up(headers: Mapping[str, str], name: str) -> bool:
    return headers.get(f"{name}-remaining", "").strip() == "0"


def _until(reset: str) -> timedelta | None:
    """`reset` is in seconds since 1970."""
    reset = reset.strip()
    if not reset.isascii() or not reset.isdigit():
        return None
    return max(timedelta(seconds=int(reset[:12]) - datetime.now(UTC).timestamp()), timedelta(seconds=1))
