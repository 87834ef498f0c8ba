"""Can the words on a colour be read? As WCAG counts contrast."""

from __future__ import annotations

import re

COLOUR = re.compile(r"#[0-9a-f]{6}")
ENOUGH = 4.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def words_on(colour: str) -> str:
    """White or black, whichever is read better on it: one of the two always can be."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(colour, ink))


def readable_on_page(colour: str) -> bool:
    """May it be used for the button, which has to stand out from a white page, too?"""
    return contrast(colour, "#ffffff") >= 3


def _light(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
