"""Words that a workspace does not want to read in its replies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` is looked for as whole words, whatever their accents and case; `*` at the end of a word stands
    for any ending. `instead` is what to write in its place, `reason` why; both may be empty."""

    text: str
    instead: str = ""
    reason: str = ""
