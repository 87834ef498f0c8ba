"""The words of a name as they are written in a letter, if it is a person's name at all."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from heard.language.given_names import folded, is_given_somewhere, is_greek

_FOLDER: Final = Path(__file__).parent / "names"
_MOST: Final = 5  # words
_FEWEST: Final = 2  # letters
_SHORT: Final = 3
_JOINS: Final = re.compile(r"(?<=.)['’-](?=.)")
_INITIAL: Final = re.compile(r"[^\W\d_]\.?")
_CAPITAL_INSIDE: Final = re.compile(r"(?:[DOdo]['’]|Mc|Mac|De|Van|Le|La)(?P<rest>.+)")
_CAPITAL_LOST: Final = re.compile(r"mc|mac|[od]['’]", re.IGNORECASE)


def words_of(name: str) -> tuple[str, ...] | None:
    """None where it cannot be a person's name: a handle, a company, a smile."""
    plain = unicodedata.normalize("NFC", name).replace(",", " ")
    words = [word for word in plain.split() if not _is_title(word)]
    if len(words) > 1 and _INITIAL.fullmatch(words[-1]):
        words.pop()  # "Jana N.": her family's name is not known
    if len(words) > _MOST or len({is_greek(word) for word in words}) > 1 or _looks_patched(words):
        return None
    cased = [_cased(word) for word in words]
    known = tuple(word for word in cased if word is not None)
    return known if len(known) == len(words) else None


def has_title(name: str) -> bool:
    return any(_is_title(word) for word in name.replace(",", " ").split())


def _looks_patched(words: list[str]) -> bool:
    """Karel IV, Chelsea FC, Σταύρος του Νότου: a short word in other writing than the rest is no name."""
    short = [word for word in words if len(word) <= _SHORT and word not in _list("particles")]
    return any(
        (word.isupper() and len(word) > 1 and not all(other.isupper() for other in words))
        or (word.islower() and not all(other.islower() for other in words))
        for word in short
    )


def _is_title(word: str) -> bool:
    return folded(word.replace(".", "")) in _list("titles")


def _cased(word: str) -> str | None:
    if word in _list("particles"):
        return word
    if not _JOINS.sub("", word).isalpha() or len(word) < _FEWEST or folded(word) in _list("no-people"):
        return None
    if not _one_alphabet(word):
        return None
    if word.isupper() or word.islower():
        if _CAPITAL_LOST.match(word) and not is_given_somewhere(word):
            return None  # MCDONALD has a capital inside, and MACEK has none
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return word if all(_is_cased(part) for part in word.split("-")) else None


def _is_cased(part: str) -> bool:
    inside = _CAPITAL_INSIDE.fullmatch(part)
    return _is_capitalised(part) or (inside is not None and _is_capitalised(inside["rest"]))


def _is_capitalised(part: str) -> bool:
    return part[:1].isupper() and (len(part) == 1 or part[1:].islower())


def _one_alphabet(word: str) -> bool:
    """Latin or Greek, and not some of each: a letter that only looks as if it belonged is a trick."""
    alphabets = {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}
    return len(alphabets) == 1 and alphabets <= {"LATIN", "GREEK"}


@cache
def _list(name: str) -> frozenset[str]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(folded(word) for line in lines if not line.startswith("#") for word in line.split())
