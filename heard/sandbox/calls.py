"""What the API was asked, newest last: proof of what Heard did."""

from __future__ import annotations

from collections import deque
from typing import Any

KEPT = 5_000


class Calls:
    def __init__(self) -> None:
        self._made: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def note(
        self, network: str, *, method: str, path: str, query: Any, body: Any, status: int, at: float
    ) -> None:
        """`status` 0: the connection was cut without an answer."""
        row = {"method": method, "path": path, "query": query, "body": body, "status": status, "at": at}
        self._made.append({"network": network, **row})

    def of(self, network: str) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in row.items() if name != "network"}
            for row in self._made
            if row["network"] == network
        ]

    def clear(self) -> None:
        self._made.clear()
