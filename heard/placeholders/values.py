"""What may be put into a placeholder."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from heard.language.money import Money
from heard.language.person import Person

_LONGEST: Final = 4_000  # characters of one value
_JOINS_EMOJI: Final = "\u200d\u200c"
_LINES: Final = {ord("\r"): None, ord("\t"): " ", 0x2028: "\n", 0x2029: "\n"}


@dataclass(frozen=True, slots=True)
class AgentName:
    first: str
    gender: str = ""  # male, female, or empty where the agent did not say


Value = str | int | date | datetime | Money | Person | AgentName


def clean(text: str, *, lines: bool) -> str:
    """Without what nobody sees or what turns the text round: a value comes from strangers."""
    kept = "".join(character for character in text[:_LONGEST].translate(_LINES) if _is_sign(character))
    # Spaces that do not break are meant, so they are none of these.
    return kept.strip(" \n") if lines else re.sub(r"[ \n]+", " ", kept).strip(" ")


def _is_sign(character: str) -> bool:
    if character == "\n" or character in _JOINS_EMOJI:
        return True
    # Controls, invisible formatting (marks of direction among it), and halves of characters.
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs")
