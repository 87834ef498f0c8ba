"""Placeholders: a fixed list, substituted as text and once. No template engine sees what people wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

PLACEHOLDERS: Final = ("number", "name", "expected", "link")
_PLACEHOLDER: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_BRACES: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_NO_NAME: Final = re.compile(r"[^\w\s.'’-]|[\d_]|\w\.\w")
LONGEST_NAME: Final = 60


def fill(text: str, values: Mapping[str, str]) -> str:
    """A line whose placeholder has nothing to say is left out, so that no greeting goes out without a name."""
    lines = (line for line in text.splitlines() if not _is_hollow(line, values))
    filled = "\n".join(_PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def unknown(text: str) -> list[str]:
    """Placeholders that do not exist, as they were written."""
    return [found[0] for found in _BRACES.finditer(text) if found[1].strip() not in PLACEHOLDERS]


def fit_for_a_greeting(name: str) -> str:
    """People choose their own names, and so do those who want us to send their words to somebody else: whatever
    holds more than a name is none."""
    name = " ".join(name.split())
    return "" if len(name) > LONGEST_NAME or _NO_NAME.search(name) else name


def _is_hollow(line: str, values: Mapping[str, str]) -> bool:
    return any(not values.get(found[1], "?") for found in _PLACEHOLDER.finditer(line))
