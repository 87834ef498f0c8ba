"""How a Greek calls somebody: Γιώργος is "Γιώργο", Αλέξανδρος is "Αλέξανδρε", Mr Παπαδόπουλος is "κύριε Παπαδόπουλε".

Where -ος becomes -ο and where -ε, the accent tells. Women's names stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from heard.language.given_names import FEMALE, MALE, is_greek

_ODD: Final[Mapping[str, str]] = {
    "Κωνσταντίνος": "Κωνσταντίνε",
    "Αυγουστίνος": "Αυγουστίνε",
    "Στέλιος": "Στέλιο",
    "Θύμιος": "Θύμιο",
    "Αλέκος": "Αλέκο",
    "Γιώργος": "Γιώργο",
    "Γιάγκος": "Γιάγκο",
    "Κυριάκος": "Κυριάκο",
    "Πανάγος": "Πανάγο",
    "Ματθαίος": "Ματθαίε",
    "Ρωμανός": "Ρωμανέ",
    "Κυπριανός": "Κυπριανέ",
    "Δαμιανός": "Δαμιανέ",
    "Στυλιανός": "Στυλιανέ",
    "Γαληνός": "Γαληνέ",
}
# Accents are not written on capitals; these endings have only one place for them.
_CAPITALS: Final[Mapping[str, str]] = {
    "οπουλος": "όπουλος",
    "οπουλου": "οπούλου",
    "ιδης": "ίδης",
    "ιδου": "ίδου",
    "αδης": "άδης",
    "αδου": "άδου",
    "ακης": "άκης",
    "ακη": "άκη",
}
_DROPS: Final = re.compile(r"(?:[ηήαάέ]|ού)ς\Z")
_LATIN_GREEK: Final = re.compile(r"(?:os|is|as|es|ous|us|ys)\Z", re.IGNORECASE)
_INDECLINABLE: Final = re.compile(r"(?:(?<![ωώηή])[ρν]|[λμθτδκφχβγπξ])\Z")
_VOWELS: Final = re.compile(r"α[ιί]|ε[ιί]|ο[ιί]|υ[ιί]|ο[υύ]|α[υύ]|ε[υύ]|η[υύ]|[αεηιουωάέήίόύώϊϋΐΰ]")


def given(name: str, gender: str) -> str | None:
    """Of a first name."""
    if gender == FEMALE:
        return None if name.endswith("ς") else name
    if gender != MALE:
        return None
    if not is_greek(name):
        return _latin(name)
    if name in _ODD:
        return _ODD[name]
    return _man(name, long_words_in="")


def family(name: str, gender: str) -> str | None:
    """Of a family's name. A woman's that ends as a man's is none of these."""
    name = _accented(name)
    if gender == FEMALE:
        return None if name.endswith("ς") else name
    if gender != MALE:
        return None
    if not is_greek(name):
        return _latin(name)
    if name.endswith("ου"):
        return name
    return None if name.endswith(("ιος", "ίος")) else _man(name, long_words_in="ο")


def _man(name: str, *, long_words_in: str) -> str | None:
    """`long_words_in`: what -ος becomes in words of more than two syllables whose last but one is accented."""
    if _DROPS.search(name):
        return name[:-1] if _accent(name) or len(_syllables(name)) == 1 else None
    if name.endswith("ος"):
        last = _last_of(name, long_words_in)
        return f"{name[:-2]}{last}" if last else None
    return name if _INDECLINABLE.search(name) else None


def _last_of(name: str, long_words_in: str) -> str:
    accent, syllables = _accent(name), len(_syllables(name))
    if accent == 3:
        return "ε"
    if accent == 2:
        return "ο" if syllables == 2 else long_words_in
    return ""


def _latin(name: str) -> str | None:
    """Foreign names do not change. Greek ones in foreign letters would have to."""
    return None if _LATIN_GREEK.search(name) else name


def _accented(name: str) -> str:
    if _accent(name):
        return name
    for bare, accented in _CAPITALS.items():
        if name.endswith(bare):
            return name.removesuffix(bare) + accented
    return name


def _syllables(name: str) -> list[str]:
    return _VOWELS.findall(unicodedata.normalize("NFC", name).lower())


def _accent(name: str) -> int:
    """Which syllable from the end bears it; 0 where none does."""
    for place, syllable in enumerate(reversed(_syllables(name)), 1):
        if any(mark in "\u0301" for mark in unicodedata.normalize("NFD", syllable)):
            return place
    return 0
