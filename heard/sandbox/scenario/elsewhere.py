"""Customers on the networks beside Facebook and Messenger: they do what a person on the twin's page can do."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from heard.sandbox.scenario.customer import somebody
from heard.sandbox.scenario.texts import Text
from heard.sandbox.wish import Verb, Wish

if TYPE_CHECKING:
    from heard.sandbox.twin import Twin

# Where a private text and a public one go. A further network is one line here.
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "instagram": ("direct", "comment"),
    "x": ("direct", "mention"),
    "whatsapp": ("direct", "direct"),
    "viber": ("direct", "direct"),
    "telegram": ("direct", "direct"),
}


class Elsewhere:
    def __init__(self, twins: Sequence[Twin]) -> None:
        self._verbs: dict[str, dict[str, Verb]] = {
            slug: twin.verbs(slug) for twin in twins for slug in twin.slugs if slug in KINDS
        }

    def heard(self) -> list[str]:
        """The networks on which Heard is connected."""
        return [slug for slug, verbs in self._verbs.items() if _state(verbs)["hook"]]

    def write(self, text: Text, rng: random.Random) -> bool:
        """Somebody writes on one of them; False while Heard is on none."""
        heard = self.heard()
        if not heard:
            return False
        slug = rng.choice(heard)
        private, public = KINDS[slug]
        wish = {
            "as": somebody(rng, text.language),
            "kind": private if text.kind == "direct" else public,
            "text": text.text,
        }
        say = self._verbs[slug]["say"]
        say.act(Wish(wish, say.fields))
        return True


def _state(verbs: Mapping[str, Verb]) -> Mapping[str, str]:
    state = verbs["state"]
    found: Mapping[str, str] = state.act(Wish({"only": "hook"}, state.fields))  # type: ignore[assignment]
    return found
