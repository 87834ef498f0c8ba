"""Parts of an answer one after the other, with the gaps that a person would leave."""

from __future__ import annotations

PARAGRAPH = "\n\n"


def joined(before: str, text: str, *, inline: bool = False) -> str:
    """`inline`: in a comment a sentence follows the one before it; everywhere else a part is a paragraph."""
    if not before.strip():
        return text
    if inline and not before.endswith("\n"):
        return f"{before.rstrip(' ')} {text}"
    return f"{before.rstrip()}{PARAGRAPH}{text}"
