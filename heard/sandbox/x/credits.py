"""What the calls of the pay-per-use plan cost, and what happens when nothing is left."""

from __future__ import annotations

from decimal import Decimal

from heard.channels.x import prices


class Credits:
    """`left` None: as much as anybody likes."""

    def __init__(self) -> None:
        self.spent = Decimal(0)
        self.left: Decimal | None = None
        self._seen: set[tuple[int, str]] = set()

    def take(self, amount: Decimal) -> None:
        self.spent += amount
        if self.left is not None:
            self.left -= amount

    def read(self, price: Decimal, ids: list[str], day: int) -> None:
        """Each thing once a day."""
        for id in ids:
            if (day, id) not in self._seen:
                self._seen.add((day, id))
                self.take(price)

    @property
    def are_gone(self) -> bool:
        return self.left is not None and self.left <= 0


POST, POST_WITH_ADDRESS, REPLY = prices.POST, prices.POST_WITH_ADDRESS, prices.SUMMONED_REPLY
