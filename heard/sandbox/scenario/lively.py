"""Customers who keep writing by themselves, now and then, in five languages."""

from __future__ import annotations

import asyncio
import random

from heard.sandbox.meta.hooks import heard_by
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Direct, Page
from heard.sandbox.pages.news import news
from heard.sandbox.scenario import customer
from heard.sandbox.scenario.elsewhere import Elsewhere
from heard.sandbox.scenario.texts import Bag, Text

PAUSE_S = (40.0, 120.0)
ELSEWHERE = 0.5  # how much of all is written on other networks than Facebook and Messenger
PATIENT_S = 1800  # an answer that came within this time may still be thanked for


class Lively:
    """Seeded: the same seed brings the same customers in the same order."""

    def __init__(self, network: Network, elsewhere: Elsewhere | None = None, *, seed: int = 1) -> None:
        self._network, self._elsewhere = network, elsewhere
        self._rng = random.Random(seed)
        self._bag = Bag(self._rng)
        self._open: list[tuple[customer.Written, Text]] = []
        self._thanked: set[str] = set()

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._rng.uniform(*PAUSE_S))
            self.step()

    def step(self) -> None:
        """One thing happens; nothing while Heard is not there to hear it."""
        if self._elsewhere and self._rng.random() < ELSEWHERE:
            with self._network.storage.together():
                if self._elsewhere.write(self._bag.draw(), self._rng):
                    return
        page = self._network.first_page()
        if not all(self._fine(slug, page) for slug in ("facebook", "messenger")):
            return
        with self._network.storage.together():
            answer = self._unthanked()
            if answer is not None and self._rng.random() < 0.6:
                self._thanked.add(answer.id)
                customer.thank(self._network, answer, self._rng)
            elif self._open and self._rng.random() < 0.35:
                self._go_on()
            else:
                text = self._bag.draw()
                self._open.append((customer.write(self._network, page, text, self._rng), text))

    def _fine(self, slug: str, page: Page) -> bool:
        heard = heard_by(self._network, slug, page) is not None
        return news(self._network.engine, slug, heard=heard).kind == "fine"

    def _go_on(self) -> None:
        written, text = self._open.pop(self._rng.randrange(len(self._open)))
        if text.edit:
            customer.change(self._network, written, text.edit)
        elif text.then:
            customer.add(self._network, written, text.then)
        elif self._rng.random() < 0.2:
            customer.take_back(self._network, written)

    def _unthanked(self) -> Comment | Direct | None:
        since, pages = self._network.clock.now() - PATIENT_S, self._network.pages
        found: list[Comment | Direct] = [
            one
            for one in self._network.comments.values()
            if not one.handle and _asked(self._network, one) and not one.removed
        ]
        found += [one for one in self._network.directs.values() if one.from_page and not one.removed]
        found = [one for one in found if one.page in pages and one.at > since and one.id not in self._thanked]
        return self._rng.choice(found) if found else None


def _asked(network: Network, answer: Comment) -> bool:
    above = network.comments.get(answer.parent)
    return above is not None and bool(above.handle)
