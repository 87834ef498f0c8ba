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
    gone = come = ""
    for how, start, end, new_start, new_end in _matcher(old, new).get_opcodes():
        same = "".join(old[start:end])
        # A space between two words that changed is no place where the texts meet: it would read word by word.
        if how == "equal" and (not (gone or come) or not same.isspace() or end == len(old)):
            pieces += [*_changed(gone, come), Piece(Change.SAME, same)]
            gone = come = ""
        else:
            gone, come = gone + same, come + "".join(new[new_start:new_end])
    return [*pieces, *_changed(gone, come)]


def _changed(gone: str, come: str) -> list[Piece]:
    pieces = [Piece(Change.OUT, gone), Piece(Change.IN, come)]
    if gone == come:
        return [Piece(Change.SAME, gone)] if gone else []
    return [piece for piece in pieces if piece.text]


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
