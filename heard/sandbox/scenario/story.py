"""A past for the page: days of customers writing, some of them answered in the network's own app."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from heard.sandbox.clock import Clock
from heard.sandbox.meta import private, public
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Direct
from heard.sandbox.scenario import customer
from heard.sandbox.scenario.texts import Bag, Text, texts
from heard.sandbox.wish import BadWish, Wish

A_DAY = 8  # things that customers write on an ordinary day
DAY_S = 86400.0
LONGEST = 60


def told(network: Network, wish: Wish) -> Any:
    """As the control API asks for it: `days`, `seed`, and `quiet` when no app shall be told."""
    days = wish.number("days", 5)
    if not 0 < days <= LONGEST:
        raise BadWish(f"A story has up to {LONGEST} days.")
    written = story(network, days=days, seed=int(wish.number("seed", 1)), quiet=wish.flag("quiet", False))
    return {"written": written}


def story(network: Network, *, days: float, seed: int = 1, quiet: bool = False) -> int:
    """Lets that many days have happened, up to now; how many things customers wrote.

    The apps are told of everything at once, with the times of then, unless `quiet`.
    """
    rng = random.Random(seed)
    bag = Bag(rng)
    now = network.clock.now()
    moments = sorted(now - rng.uniform(0, days * DAY_S) for _ in range(max(1, round(days * A_DAY))))
    network.quiet = quiet
    try:
        with network.storage.together():
            for at in moments:
                _happen(network, bag.draw(), rng, at, now)
    finally:
        network.quiet = False
    return len(moments)


def _happen(network: Network, text: Text, rng: random.Random, at: float, now: float) -> None:
    with back_then(network.clock, at):
        written = customer.write(network, network.first_page(), text, rng)
    later = at + rng.uniform(600, 5 * 3600)
    if later >= now:
        return
    with back_then(network.clock, later):
        if now - at > DAY_S and rng.random() < 0.6:
            _answer(network, written, text, rng)
        elif text.then:
            customer.add(network, written, text.then)
        elif text.edit:
            customer.change(network, written, text.edit)


def _answer(network: Network, written: customer.Written, text: Text, rng: random.Random) -> None:
    words = rng.choice(texts().answers[text.language])
    if isinstance(written, Comment):
        public.write_comment(network, under=written, handle="", text=words)
    elif isinstance(written, Direct):
        private.answer(network, written.page, handle=written.handle, text=words, app=private.INBOX_APP)


@contextmanager
def back_then(clock: Clock, at: float) -> Iterator[None]:
    """The twin's clock stands at `at` for a while."""
    offset = clock.offset_s
    clock.offset_s += at - clock.now()
    try:
        yield
    finally:
        clock.offset_s = offset
