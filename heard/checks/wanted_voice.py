"""How a brand sounds, as a workspace wants it: profiles, and the one voice that they make for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from heard.checks.finding import N_
from heard.checks.levels import Level
from heard.checks.phrase import Phrase
from heard.language.plain import plain

__all__ = ["RULES", "Profile", "Rule", "Ruled", "Voice", "voice_of"]

Rule = Literal["address", "humour", "emoji", "length", "words"]
RULES: Final[Mapping[Rule, str]] = {
    "address": N_("Address"),
    "humour": N_("Humour"),
    "emoji": N_("Emoji"),
    "length": N_("Length"),
    "words": N_("Words"),
}
FREE: Final = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one profile says. An empty field says nothing of it, and a less exact profile is asked.

    `language`, `network` and `account` narrow it. `address` is "formal", "informal" or "free": as the customer
    is addressed; `humour` "never", "complaints" (never there) or "free"; `emoji` how many at most, -1 as many as
    one likes. `levels` say how much a rule weighs; without one it is a hint.
    """

    name: str
    language: str = ""
    network: str = ""
    account: bool = False
    address: str = ""
    humour: str = ""
    emoji: int | None = None
    sentences: int | None = None
    characters: int | None = None
    words: Sequence[Phrase] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)

    @property
    def exactness(self) -> int:
        """An account is a brand's own; how people are spoken to goes by language, how long by network."""
        return 4 * self.account + 2 * bool(self.language) + bool(self.network)

    def weight(self, rule: Rule) -> Level:
        return self.levels.get(rule, Level.HINT)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is wanted, and which profile wants it: a hint names its source."""

    wanted: str | int
    by: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One answer's. None: nobody wants anything."""

    address: Ruled | None = None
    humour: Ruled | None = None
    emoji: Ruled | None = None
    sentences: Ruled | None = None
    characters: Ruled | None = None
    words: Sequence[tuple[Phrase, Profile]] = ()


def voice_of(profiles: Iterable[Profile], *, language: str) -> Voice | None:
    """Field by field the most exact profile that says something; of words, those of all, each once.

    Of a network and an account only those are asked that are meant. Where nobody knows whose language it is,
    profiles for one language say nothing.
    """
    fitting = [one for one in profiles if one.language in ("", language)]
    if not fitting:
        return None
    ordered = sorted(fitting, key=lambda one: (-one.exactness, one.name))
    return Voice(
        address=_first(ordered, "address"),
        humour=_first(ordered, "humour"),
        emoji=_first(ordered, "emoji"),
        sentences=_first(ordered, "sentences"),
        characters=_first(ordered, "characters"),
        words=list(_words(ordered)),
    )


def _first(profiles: Sequence[Profile], name: str) -> Ruled | None:
    said = ((getattr(one, name), one) for one in profiles)
    return next((Ruled(wanted, one) for wanted, one in said if wanted not in (None, "")), None)


def _words(profiles: Sequence[Profile]) -> Iterator[tuple[Phrase, Profile]]:
    seen: set[str] = set()
    for profile in profiles:
        for phrase in profile.words:
            if (known := plain(phrase.text)) not in seen:
                seen.add(known)
                yield phrase, profile
