"""What must come through a translation as it is: addresses, placeholders, names of products."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# An address that was "translated" leads nowhere, and a placeholder is not filled any more.
_ALWAYS: Final = (
    r"https?://\S+|www\.\S+",
    r"[\w.+-]+@[\w-]+\.[\w.-]+\w",
    r"\{[^{}\s]+\}",
    r"(?<!\w)[@#]\w+",
    r"(?<![\w-])[A-Z][A-Z0-9]*-\d[\w-]*",  # numbers of tickets and orders
)


@dataclass(frozen=True, slots=True)
class Part:
    """`text` is to be translated, or to stand in the translation as it is."""

    text: str
    stays: bool = False


def protected(text: str, terms: Mapping[str, str] | None = None) -> list[Part]:
    """`terms`: what stands in the text → what is to stand in the translation. Case does not matter.

    One that is translated into itself stays as it was typed.
    """
    wanted = {term.casefold(): into for term, into in (terms or {}).items() if term}
    longest_first = sorted(wanted, key=len, reverse=True)
    patterns = [*_ALWAYS, *(rf"(?<!\w){re.escape(term)}(?!\w)" for term in longest_first)]
    parts: list[Part] = []
    position = 0
    for found in re.finditer("|".join(patterns), text, re.IGNORECASE if wanted else 0):
        parts.append(Part(text[position : found.start()]))
        into = wanted.get(found[0].casefold(), "")
        keeps = not into or into.casefold() == found[0].casefold()
        parts.append(Part(found[0] if keeps else into, stays=True))
        position = found.end()
    return [part for part in (*parts, Part(text[position:])) if part.text]


def says_nothing(parts: Iterable[Part]) -> bool:
    """There is not a letter in it that could be translated."""
    return not any(character.isalpha() for part in parts if not part.stays for character in part.text)


def length(texts: Sequence[Sequence[Part]]) -> int:
    """In characters, as the services count."""
    return sum(len(part.text) for parts in texts for part in parts)
