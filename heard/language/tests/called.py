"""Reads the tables in `names/`, which are made by hand, to be read by somebody who speaks the language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from heard.language.person import Person

LANGUAGES = ("cs", "el", "hu", "sl", "en")
_TABLES = Path(__file__).parent / "names"
_TOLD = {"f: ": "female", "m: ": "male"}


def rows(language: str) -> Iterator[list[str]]:
    """The name as it is written, what it becomes among friends, and politely."""
    for line in (_TABLES / f"{language}.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def person(written: str) -> Person:
    gender = _TOLD.get(written[:3], "")
    name = written[3:] if gender else written
    first, told, family = (piece.strip() for piece in name.partition("/"))
    return Person(f"{first} {family}".strip(), first if told else "", family, gender)
