"""Looking at X for what is new, where no hooks are to be had: mentions, our own posts, direct messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from heard.channels.contract import Hook, Polled, Rejected, Wire
from heard.channels.x import asking, prices
from heard.channels.x.api import Api, Said
from heard.channels.x.asking import Asked, items
from heard.channels.x.payloads import id_in

# Ten looks in the quarter of an hour for which X gives fifteen: the rest is for reading back.
EVERY: Final = timedelta(seconds=90)
# The first look begins a little before now; older things are for reconciliation, with its own word for them.
_FIRST_LOOK: Final = timedelta(minutes=10)


def poll(wire: Wire[Any], cursor: Mapping[str, str]) -> Polled:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    look = _Look(Api(wire), cursor)
    account = wire.credentials.account
    look.at_posts(asking.mentions(account), prices.OWNED_READ)
    look.at_posts(asking.own_posts(account), prices.OWNED_READ)
    look.at_directs()
    cost = look.cost if wire.credentials.is_billed_per_call else Decimal(0)
    return Polled(calls=look.calls, cursor=look.cursor, pause=look.api.pause, cost=cost)


class _Look:
    def __init__(self, api: Api, cursor: Mapping[str, str]) -> None:
        self.api, self.cursor = api, dict(cursor)
        self.calls: list[Hook] = []
        self.cost = Decimal(0)
        self._start = asking.id_at(datetime.now(UTC) - _FIRST_LOOK)

    def at_posts(self, asked: Asked, price: Decimal) -> None:
        since = self.cursor.get(asked.name, self._start)
        self._take(list(asking.pages(self.api, asked, {"since_id": since})), asked, since, price)

    def at_directs(self) -> None:
        """X has no `since_id` here: pages are read until one reaches back to what we have."""
        asked = asking.directs()
        since = self.cursor.get(asked.name, self._start)
        fresh: list[Said] = []
        try:
            for said in asking.pages(self.api, asked):
                newest = max((_number(one) for one in items(said)), default=0)
                if newest > int(since):
                    fresh.append(said)
                if min(_number(one) for one in items(said)) <= int(since):
                    break
        except Rejected:
            # Without the right to read messages, posts shall come all the same. The test call says what is missing.
            return
        self._take(fresh, asked, since, prices.DIRECT_READ)

    def _take(self, found: list[Said], asked: Asked, since: str, price: Decimal) -> None:
        """Oldest page first, as the hooks would have come."""
        for said in reversed(found):
            self.calls.append(asking.as_call(said, self.api.account, asked.name))
            self.cost += price * len(items(said))
        seen = [_number(one) for said in found for one in items(said)]
        self.cursor[asked.name] = str(max([int(since), *seen]))


def _number(item: Mapping[str, object]) -> int:
    id = id_in(item, "id")
    return int(id) if id.isascii() and id.isdigit() else 0
