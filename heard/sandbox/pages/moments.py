"""Times as people write them."""

from __future__ import annotations

from datetime import datetime


def short(at: float, now: float) -> str:
    """14:05 today, 12 Mar 14:05 before."""
    then, today = datetime.fromtimestamp(at).astimezone(), datetime.fromtimestamp(now).astimezone()
    if then.date() == today.date():
        return then.strftime("%H:%M")
    return f"{then.day} {then.strftime('%b %H:%M')}"


def exact(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().isoformat(timespec="seconds")
