"""How long a text is, as each network counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from heard.channels.contract import Count
from heard.language.weighted import weighted_length


class CannotCount(LookupError):
    """Nobody has taught Heard to count this way yet."""


def length(text: str, count: Count) -> int:
    """The length of the text. Raises CannotCount for graphemes.

    They need a table that is in none of our dependencies, Unicode's grapheme breaks. A channel that counts so
    brings the way to count along. Until then a wrong number would be worse than none.
    """
    counting = _COUNTING.get(count)
    if counting is None:
        raise CannotCount(count)
    return counting(text)


def _utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8", errors="surrogatepass"))


def _utf16_units(text: str) -> int:
    """Two for everything beyond the first 65,536 characters, such as most emoji."""
    return len(text) + sum(character > "\uffff" for character in text)


_COUNTING: Final[Mapping[Count, Callable[[str], int]]] = {
    Count.CHARACTERS: len,
    Count.UTF8_BYTES: _utf8_bytes,
    Count.UTF16_UNITS: _utf16_units,
    Count.WEIGHTED: weighted_length,
}
