"""Words that are not written as a dictionary writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Misspelt:
    """One word, from `start` to `end` in the text, and what may have been meant, the likeliest first."""

    start: int
    end: int
    suggestions: tuple[str, ...] = ()


class Speller(Protocol):
    def misspelt(self, text: str, language: str) -> Iterable[Misspelt]:
        """Nothing where there is no dictionary for `language`."""
