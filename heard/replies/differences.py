"""What changed between two texts, word by word. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

# Words, runs of white space, and single marks: so a comma that moved does not take its word along.
PIECES: Final = re.compile(r"\w+|\s+|[^\w\s]")
BLANK: Final = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]")


class Change(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Put together, all but what is in make `before`, and all but what is out make `after`."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    pieces: list[Piece] = []
    for how, start, end, new_start, new_end in _matcher(old, new).get_opcodes():
        if how == "equal":
            pieces.append(Piece(Change.SAME, "".join(old[start:end])))
            continue
        gone, come = "".join(old[start:end]), "".join(new[new_start:new_end])
        pieces += [Piece(Change.OUT, gone)] if gone else []
        pieces += [Piece(Change.IN, come)] if come else []
    return pieces


def share_kept(inserted: str, sent: str) -> float:
    """How much of what was inserted is still said, from 0 to 1, by words. What was left to fill in, does not count."""
    words, said = _words(BLANK.sub(" ", inserted)), _words(sent)
    if not words:
        return 1.0
    same = sum(block.size for block in _matcher(words, said).get_matching_blocks())
    return same / len(words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    # What is everywhere in a long text is no help to find where the two meet, and would cost the square of it.
    return SequenceMatcher(None, old, new, autojunk=True)
