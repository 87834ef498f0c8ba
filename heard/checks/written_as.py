r"""Numbers as a workspace writes them: an example with wildcards, or an expression for those who know them.

Either becomes a regular expression that cannot run away: no groups, no alternatives, nothing repeated without an
end, and few ways to match the same text. `ORD-######` is an example: `#` is a digit, `?` a letter or a digit, `*`
up to twenty of them. `/ORD-\d{4,8}/` is an expression.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from heard.checks.finding import N_

LONGEST: Final = 80
MOST_WAYS: Final = 500  # to match one text from one place
SHORTEST: Final = 4  # characters: anything shorter stands in every other text
DIGITS_ALONE: Final = 6  # a year, a price and a time are digits, too

_WILD: Final = {"#": r"\d", "?": r"[^\W_]", "*": r"[^\W_]{0,20}"}
_PART: Final = re.compile(
    r"(?P<atom>\\[dw.\-/\\#]|\[(?:[^\[\]\\&|~]|\\[dw\-])+\]|[\w \-/#:])(?:\{(?P<least>\d+)(?:,(?P<most>\d+))?\}|(?P<maybe>\?))?"
)


class BadPattern(Exception):
    """`reason` says why, as an English source text."""

    def __init__(self, reason: str, typed: str) -> None:
        super().__init__(reason, typed)
        self.reason, self.typed = reason, typed


@lru_cache(maxsize=1_000)
def as_expression(typed: str) -> str:
    """Raises BadPattern."""
    typed = typed.strip()
    if len(typed) > LONGEST:
        raise BadPattern(N_("That is too long for one number."), typed)
    inside = typed.startswith("/") and typed.endswith("/") and len(typed) > 2
    pattern = _checked(typed[1:-1], typed) if inside else _from_example(typed)
    return rf"(?<!\w)(?i:{pattern})(?!\w)"


def _from_example(typed: str) -> str:
    if len(typed.replace("*", "")) < SHORTEST:
        raise BadPattern(N_("Write at least four characters, or it is found in every text."), typed)
    if not set(typed) - set("#*? -.:,/") and typed.count("#") + typed.count("?") < DIGITS_ALONE:
        raise BadPattern(
            N_("Only digits need at least six of them, or years and prices are found, too."), typed
        )
    if typed.count("*") > 2:
        raise BadPattern(N_("Two * are enough for one number."), typed)
    return "".join(_WILD.get(character) or re.escape(character) for character in typed)


def _checked(pattern: str, typed: str) -> str:
    place, ways, least = 0, 1, 0
    while place < len(pattern):
        part = _PART.match(pattern, place)
        if part is None:
            raise BadPattern(
                N_("Groups, alternatives, “.”, “+” and “*” are not possible. Repeat with {4} or {4,8}."),
                typed,
            )
        place = part.end()
        few, many = _bounds(part)
        if many < few or many > LONGEST:
            raise BadPattern(N_("That repeats too often."), typed)
        ways, least = ways * (many - few + 1), least + few
    if ways > MOST_WAYS:
        raise BadPattern(N_("That repeats too often."), typed)
    if least < SHORTEST:
        raise BadPattern(N_("Write at least four characters, or it is found in every text."), typed)
    try:
        re.compile(pattern)
    except re.error as error:
        raise BadPattern(N_("That is no expression."), typed) from error
    return pattern


def _bounds(part: re.Match[str]) -> tuple[int, int]:
    if part["maybe"]:
        return 0, 1
    if part["least"] is None:
        return 1, 1
    return int(part["least"][:3]), int((part["most"] or part["least"])[:3])
