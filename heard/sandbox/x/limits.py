"""How often each call may be made in a quarter of an hour, and what X's headers say of it."""

from __future__ import annotations

from collections import defaultdict

from heard.sandbox.clock import Clock

WINDOW_S = 15 * 60
OTHERS = 900
# The kind of call, as `endpoint` names it, and how often one account may make it.
PER_WINDOW = {
    "POST tweets": 100,
    "DELETE tweets": 50,
    "GET mentions": 300,
    "POST likes": 50,
    "DELETE likes": 50,
    "POST retweets": 50,
    "DELETE retweets": 50,
    "PUT hidden": 50,
    "POST messages": 15,
    "GET dm_events": 15,
    "GET search": 450,
}


class Limits:
    """`factor` makes them wider, for tests that send a lot."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.factor = 1
        self.clear()

    def clear(self) -> None:
        self._made: defaultdict[tuple[str, str, int], int] = defaultdict(int)

    def count(self, who: str, kind: str) -> dict[str, str]:
        """The headers after this call; `remaining` -1: it was one too many."""
        window = int(self._clock.now()) // WINDOW_S
        self._made[who, kind, window] += 1
        limit = PER_WINDOW.get(kind, OTHERS) * self.factor
        return {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(limit - self._made[who, kind, window]),
            "x-rate-limit-reset": str((window + 1) * WINDOW_S),
        }
