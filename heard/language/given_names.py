"""Which words are given names, and whose. The lists are ours, in `names/`; what is not in them is not certain."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

MALE: Final = "male"
FEMALE: Final = "female"
_BOTH: Final = ""
_FOLDER: Final = Path(__file__).parent / "names"
_GENDERS: Final = {"f": FEMALE, "m": MALE, "b": _BOTH}
_EVERYWHERE: Final = ("cs", "sl", "hu", "en", "el", "el-latin")


@dataclass(frozen=True, slots=True)
class NameList:
    """`genders` and `spellings` by folded name; `families` are names that may stand for a family."""

    genders: Mapping[str, str]
    spellings: Mapping[str, str]
    families: frozenset[str]


def folded(name: str) -> str:
    """As names are compared. Greek capitals bear no accents, so in Greek accents do not count."""
    low = unicodedata.normalize("NFC", name.casefold())
    if not is_greek(name):
        return low
    bare = "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))
    return bare.replace("ς", "σ")


def is_greek(name: str) -> bool:
    return any("Ͱ" <= character <= "Ͽ" or "ἀ" <= character <= "῾" for character in name)


@cache
def name_list(language: str) -> NameList:
    genders: dict[str, str] = {}
    spellings: dict[str, str] = {}
    families: set[str] = set()
    for line in (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        kind, _space, names = line.partition(" ")
        for name in names.split():
            if kind == "s":
                families.add(folded(name))
            elif kind in _GENDERS:
                _note(genders, folded(name), _GENDERS[kind])
                spellings[folded(name)] = name
    return NameList(genders, spellings, frozenset(families))


def _note(genders: dict[str, str], name: str, gender: str) -> None:
    """Who stands in two lists is given to both."""
    genders[name] = gender if genders.get(name, gender) == gender else _BOTH


def is_given(name: str, language: str) -> bool:
    """Whether it is a given name in this language."""
    return folded(name) in name_list(language).genders


def is_given_somewhere(name: str) -> bool:
    return any(is_given(name, language) for language in _EVERYWHERE)


def is_family(name: str, language: str) -> bool:
    """Whether it is known as a family name. Most are not: only those that help to tell the order of a name."""
    return folded(name) in name_list(language).families


def is_family_somewhere(name: str) -> bool:
    return any(is_family(name, language) for language in _EVERYWHERE)


def is_family_elsewhere(name: str, language: str) -> bool:
    return is_family_somewhere(name) and not is_family(name, language)


def spelt(name: str, language: str) -> str:
    """As the list has it, where it has it: ΓΙΩΡΓΟΣ is Γιώργος."""
    return name_list(language).spellings.get(folded(name), name)


def gender_of_given(name: str, language: str) -> str:
    """Empty where nobody can tell. A language's own list is asked first: Jan is a man in Czechia."""
    own = name_list(language).genders
    if folded(name) in own:
        return own[folded(name)]
    lists = (name_list(other).genders for other in _EVERYWHERE)
    genders = {genders[folded(name)] for genders in lists if folded(name) in genders}
    return genders.pop() if len(genders) == 1 else ""
