"""Whether a name is a woman's or a man's, where the name says so. Nothing else is asked, no picture and no network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from heard.language.given_names import FEMALE, MALE, gender_of_given

_OF_WOMEN: Final[Mapping[str, re.Pattern[str]]] = {
    "cs": re.compile(r".+[^aeiouyáéíóúůý]á", re.IGNORECASE),
    "el": re.compile(r".+(?:οπο[υύ]λου|[ιί]δου|[αά]δου)", re.IGNORECASE),
    "hu": re.compile(r".+né", re.IGNORECASE),
}
_OF_MEN: Final[Mapping[str, re.Pattern[str]]] = {
    # Whoever is called Novotný is no woman. Novák may be one since 2022, and foreigners always could.
    "cs": re.compile(r".+[^aeiouyáéíóúůý]ý", re.IGNORECASE),
    "el": re.compile(r".+ς", re.IGNORECASE),
}


def gender_of(given: tuple[str, ...], family: str, language: str, told: str = "") -> str:
    """ "male", "female", or "" where it is not certain, or where two signs say different things."""
    signs = {gender_of_given(given[0], language) if given else "", gender_of_family(family, language)} - {""}
    if told in (MALE, FEMALE):
        signs.add(told)
    return signs.pop() if len(signs) == 1 else ""


def gender_of_family(family: str, language: str) -> str:
    """Of a double name, each part must say the same."""
    parts = [part for part in re.split("[ -]", family) if part]
    for gender, endings in ((FEMALE, _OF_WOMEN), (MALE, _OF_MEN)):
        pattern = endings.get(language)
        if pattern is not None and parts and any(pattern.fullmatch(part) for part in parts):
            return gender
    return ""
