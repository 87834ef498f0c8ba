"""A past for the page: days of customers writing, some of them answered in the network's own app."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from heard.sandbox.clock import Clock
from heard.sandbox.meta import private, public
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Direct
from heard.sandbox.scenario import customer
from heard.sandbox.scenario.elsewhere import Elsewhere
from heard.sandbox.scenario.texts import Bag, Text, texts
from heard.sandbox.wish import BadWish, Wish

A_DAY = 8  # things that customers write on an ordinary day
A_DAY_ELSEWHERE = 4  # and on all other networks together
DAY_S = 86400.0
LATELY_S = 18 * 3600.0
LONGEST = 60


def told(network: Network, elsewhere: Elsewhere, wish: Wish) -> Any:
    """As the control API asks for it: `days`, `seed`, and `quiet` when no app shall be told."""
    days = wish.number("days", 5)
    if not 0 < days <= LONGEST:
        raise BadWish(f"A story has up to {LONGEST} days.")
    written = story(
        network,
        days=days,
        seed=int(wish.number("seed", 1)),
        quiet=wish.flag("quiet", False),
        elsewhere=elsewhere,
    )
    return {"written": written}


def story(
    network: Network,
    *,
    days: float,
    seed: int = 1,
    quiet: bool = False,
    elsewhere: Elsewhere | None = None,
) -> int:
    """Lets that many days have happened, up to now; how many things customers wrote.

    The apps are told of everything at once, with the times of then, unless `quiet`. Elsewhere it is only
    about the last hours: on some networks nobody may be answered a day later.
    """
    now = network.clock.now()
    past = Past(network, random.Random(seed), until=now, elsewhere=elsewhere)
    if elsewhere and elsewhere.heard() and not quiet:
        for _ in range(max(1, round(days * A_DAY_ELSEWHERE))):
            past.plan(now - past.rng.uniform(0, min(days * DAY_S, LATELY_S)), past.write_elsewhere)
    for _ in range(max(1, round(days * A_DAY))):
        past.plan(now - past.rng.uniform(0, days * DAY_S), past.write)
    network.quiet = quiet
    try:
        with network.storage.together():
            past.happen()
    finally:
        network.quiet = False
    return past.written


class Past:
    """What is to happen, in the order of its time; one thing may bring about another."""

    def __init__(
        self, network: Network, rng: random.Random, *, until: float, elsewhere: Elsewhere | None = None
    ) -> None:
        self.network, self.rng, self.until, self.elsewhere = network, rng, until, elsewhere
        self.written = 0
        self._bag = Bag(rng)
        self._plan: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def plan(self, at: float, act: Callable[[], None]) -> None:
        if at < self.until:
            heapq.heappush(self._plan, (at, next(self._order), act))

    def happen(self) -> None:
        while self._plan:
            at, _, act = heapq.heappop(self._plan)
            with back_then(self.network.clock, at):
                act()

    def write(self) -> None:
        text = self._bag.draw()
        written = customer.write(self.network, self.network.first_page(), text, self.rng)
        self.written += 1
        later = self.network.clock.now() + self.rng.uniform(600, 5 * 3600)
        if self.until - later > DAY_S and self.rng.random() < 0.6:
            self.plan(later, partial(self.answer, written, text))
        elif text.then:
            self.plan(later, partial(customer.add, self.network, written, text.then))
        elif text.edit:
            self.plan(later, partial(customer.change, self.network, written, text.edit))

    def write_elsewhere(self) -> None:
        if self.elsewhere:
            self.written += self.elsewhere.write(self._bag.draw(), self.rng)

    def answer(self, written: customer.Written, text: Text) -> None:
        words = self.rng.choice(texts().answers[text.language])
        page = written.page
        if isinstance(written, Comment):
            public.write_comment(self.network, under=written, handle="", text=words)
        elif isinstance(written, Direct):
            private.answer(self.network, page, handle=written.handle, text=words, app=private.INBOX_APP)


@contextmanager
def back_then(clock: Clock, at: float) -> Iterator[None]:
    """The twin's clock stands at `at` for a while."""
    offset = clock.offset_s
    clock.offset_s += at - clock.now()
    try:
        yield
    finally:
        clock.offset_s = offset
