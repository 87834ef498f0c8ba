"""Which variant of a saved reply goes out? One decision, in a fixed order, and it says why.

What a customer cannot read helps nobody, so the language counts first; then how they are addressed, where they
read it, and how long it may be. A language is never given up for length: what is too long is taken with a mark.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from heard.channels.contract import Count
from heard.contacts.models import Formality
from heard.language.lengths import length as length_of
from heard.replies.models import Audience, Length
from heard.replies.ways import NEAREST_AUDIENCES, Way

ENGLISH: Final = "en"
LENGTHS: Final = {
    Audience.PUBLIC: (Length.NORMAL, Length.SHORT, Length.LONG),
    Audience.PRIVATE: (Length.NORMAL, Length.SHORT, Length.LONG),
    Audience.EMAIL: (Length.LONG, Length.NORMAL, Length.SHORT),
}


class Because(StrEnum):
    """What was not to be had, or is to be minded."""

    LANGUAGE_UNKNOWN = "language_unknown"  # nobody knows the customer's
    NO_LANGUAGE = "no_language"  # there is none in the customer's
    NO_FORMALITY = "no_formality"  # none in that language addresses them so
    OTHER_AUDIENCE = "other_audience"  # it is worded for another place than they read it in
    LENGTH = "length"  # the one that would be right does not fit
    TOO_LONG = "too_long"  # none fits; this is the shortest
    STALE = "stale"  # the source says something else by now


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would be right for this customer, here and now.

    `language` is theirs, empty where nobody knows it; `others` are what the workspace falls back on, in order.
    `public`: everybody will read it, whatever `audience` the agent asked the wording of. `note`: only colleagues
    will, so any wording does.
    """

    language: str
    formality: str = Formality.FORMAL
    audience: str = Audience.PRIVATE
    public: bool = False
    note: bool = False
    others: Sequence[str] = ()
    source: str = ""  # the language that the reply was first written in
    limit: int | None = None
    counts: Count = Count.CHARACTERS


@dataclass(frozen=True, slots=True)
class Chosen:
    way: Way
    because: Sequence[Because] = ()

    @property
    def is_stale(self) -> bool:
        return Because.STALE in self.because


def choose(
    ways: Collection[Way],
    wanted: Wanted,
    *,
    filled: Callable[[Way], str],
    is_personal: Callable[[Way], bool] = lambda way: False,
    is_stale: Callable[[Way], bool] = lambda way: False,
) -> Chosen | None:
    """None where there is nothing that may go there.

    `is_personal`: does it show what belongs to one person only? Such a text is never offered for a public
    reply. `filled` is the text as it would go out, which is what has to fit.
    """
    allowed = [one for one in ways if not wanted.public or not is_personal(one)]
    languages = _languages(wanted)
    best = min((_rank(languages, one.language) for one in allowed), default=None)
    if best is None:
        return None
    language = min(one.language for one in allowed if _rank(languages, one.language) == best)
    readable = sorted(
        (one for one in allowed if one.language == language), key=lambda one: _order(one, wanted)
    )
    taken = next((one for one in readable if _fits(filled(one), wanted)), None)
    fits = taken is not None
    taken = taken or min(readable, key=lambda one: _length(filled(one), wanted))
    return Chosen(taken, tuple(_because(taken, readable, wanted, fits=fits, stale=is_stale(taken))))


def _languages(wanted: Wanted) -> list[str]:
    ranked = (wanted.language, *wanted.others, ENGLISH, wanted.source)
    return [one for one in dict.fromkeys(ranked) if one]


def _rank(languages: Sequence[str], language: str) -> int:
    return languages.index(language) if language in languages else len(languages)


def _order(way: Way, wanted: Wanted) -> tuple[bool, int, int]:
    """The right one first: as they are addressed, where they read it, how long it usually is there."""
    audience = Audience(wanted.audience)
    return (
        way.formality != wanted.formality,
        NEAREST_AUDIENCES[audience].index(way.audience),
        LENGTHS[audience].index(Length(way.length)),
    )


def _length(text: str, wanted: Wanted) -> int:
    return length_of(text, wanted.counts)


def _fits(text: str, wanted: Wanted) -> bool:
    return wanted.limit is None or _length(text, wanted) <= wanted.limit


def _because(
    taken: Way, readable: Sequence[Way], wanted: Wanted, *, fits: bool, stale: bool
) -> list[Because]:
    said = {
        Because.LANGUAGE_UNKNOWN: not wanted.language,
        Because.NO_LANGUAGE: bool(wanted.language) and taken.language != wanted.language,
        Because.NO_FORMALITY: not wanted.note and all(one.formality != wanted.formality for one in readable),
        Because.OTHER_AUDIENCE: not wanted.note and taken.audience != wanted.audience,
        Because.LENGTH: fits and taken is not readable[0],
        Because.TOO_LONG: not fits,
        Because.STALE: stale,
    }
    return [reason for reason, is_so in said.items() if is_so]
