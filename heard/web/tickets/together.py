"""One reading of a list for all who ask for it at the same time: a change brings every open page at once."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import get_language

from heard.web.fragments import blocks_for_all
from heard.web.tickets.listing import Gathered, Listing, Rows, gather
from heard.web.tickets.where import Where
from heard.workspaces.models import Agent

PAGE = "tickets/page.html"
# Lists that are held. Each is of use for as long as somebody who asked before it was read still waits.
MOST_HELD = 200
# What stands in these folders depends on who looks.
THEIR_OWN = ("mine", "to-review", "came-back")
ROW = re.compile(r'<li class="row" id="t(\d+)".*?</li>', re.DOTALL)


def list_for(agent: Agent, where: Where, *, limit: int, since: float) -> str:
    """The folders and the rows, as read after that moment: so no change before it is missing."""
    key = (agent.sight, where, limit, agent.pk if where.folder in THEIR_OWN else None)
    return _desk(key).newer_than(since, agent, where, limit).html_for(agent)


@dataclass
class Reading:
    """One list as it was when it was read, and what it looks like in each language and time zone."""

    began: float
    gathered: Gathered
    drawn: dict[Hashable, str] = field(default_factory=dict)

    def html_for(self, agent: Agent) -> str:
        alike = (get_language(), timezone.get_current_timezone_name())
        return self._folders(agent, alike) + self._without(agent, self._rows(alike))

    def _folders(self, agent: Agent, alike: Hashable) -> str:
        counted = self.gathered.waiting.of(agent, self.gathered.where.inboxes)
        key = ("folders", alike, tuple(counted[folder] for folder in THEIR_OWN))
        if key not in self.drawn:
            self.drawn[key] = self._draw("folders", self.gathered.shown_to(agent))
        return self.drawn[key]

    def _rows(self, alike: Hashable) -> str:
        key = ("rows", alike)
        if key not in self.drawn:
            self.drawn[key] = self._draw("rows_fresh", self.gathered.rows())
        return self.drawn[key]

    def _without(self, agent: Agent, rows: str) -> str:
        """Nobody is told that they look at a ticket themselves."""
        if not self.gathered.is_beside(agent):
            return rows
        theirs = self.gathered.rows_of(agent)
        own = {row[1]: row[0] for row in ROW.finditer(self._draw("rows", theirs))}
        return ROW.sub(lambda row: own.get(row[1], row[0]), rows)

    def _draw(self, block: str, listing: Listing | Rows) -> str:
        context = {"where": listing.where, "now": self.gathered.at, "opened": None}
        return blocks_for_all(PAGE, block, context={**context, "listing": listing})


class Desk:
    """One list that many look at. Whoever comes while it is read waits, and then has it read once for all."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._newest: Reading | None = None

    def newer_than(self, moment: float, agent: Agent, where: Where, limit: int) -> Reading:
        with self._one_at_a_time:
            if self._newest is None or self._newest.began < moment:
                began = time.monotonic()
                self._newest = Reading(began, gather(agent, where, now=timezone.now(), limit=limit))
            return self._newest


_desks: OrderedDict[Hashable, Desk] = OrderedDict()
_guard = threading.Lock()


def _desk(key: Hashable) -> Desk:
    with _guard:
        desk = _desks.setdefault(key, Desk())
        _desks.move_to_end(key)
        while len(_desks) > MOST_HELD:
            _desks.popitem(last=False)
        return desk
