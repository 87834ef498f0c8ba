"""The twin's clock. It can be moved, so that a test reaches the end of a reply window at once."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    def __init__(self) -> None:
        self.offset_s = 0.0

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.offset_s

    def ms(self) -> int:
        return int(self.now() * 1000)


def graph_time(at: float) -> str:
    """Unix seconds as the Graph API writes times: 2026-10-03T10:00:00+0000."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
