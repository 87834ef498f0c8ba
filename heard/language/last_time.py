"""One line about a customer's last case, to the customer: when it was, what it was about, how it ended.

In words that are right whoever is addressed, and however.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from heard.language.dates import date_written
from heard.language.locales import plain_language

Ended = Literal["solved", "closed", "open"]


@dataclass(frozen=True, slots=True)
class _Words:
    """`lead` comes before the date: by it the line is known again."""

    lead: str
    about: str
    ended: Mapping[Ended, str]


def _words(lead: str, about: str, solved: str, closed: str, still_open: str) -> _Words:
    return _Words(lead, about, {"solved": solved, "closed": closed, "open": still_open})


_WORDS: Final[Mapping[str, _Words]] = {
    "en": _words(
        "Last time",
        "it was about “{about}”.",
        "It was solved then.",
        "It was closed then.",
        "It is still open.",
    ),
    "cs": _words(
        "Minule",
        "šlo o toto: „{about}“.",
        "Tehdy se to vyřešilo.",
        "Tehdy jsme to uzavřeli.",
        "Zatím to není uzavřené.",
    ),
    "sl": _words(
        "Nazadnje",
        "je šlo za: »{about}«.",
        "Takrat smo to rešili.",
        "Takrat smo to zaključili.",
        "To še ni zaključeno.",
    ),
    "hu": _words(
        "Legutóbb",
        "erről volt szó: „{about}”.",
        "Akkor megoldottuk.",
        "Akkor lezártuk.",
        "Ez még nincs lezárva.",
    ),
    "el": _words(
        "Την προηγούμενη φορά",
        "επρόκειτο για: «{about}».",
        "Τότε λύθηκε.",
        "Τότε έκλεισε.",
        "Είναι ακόμη ανοιχτό.",
    ),
}
LEADS: Final = tuple(words.lead for words in _WORDS.values())


def speaks_of_last_time(language: str) -> bool:
    return plain_language(language) in _WORDS


def last_time(day: date, about: str, ended: Ended, language: str) -> str:
    """In English where the language has no words here."""
    words = _WORDS.get(plain_language(language), _WORDS["en"])
    said = words.about.replace("{about}", about)
    return f"{words.lead} ({date_written(day, language)}) {said} {words.ended[ended]}"
