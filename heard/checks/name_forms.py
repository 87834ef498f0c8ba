"""Whether two words may be one person's name: called by it, written in another alphabet, or for short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from heard.checks.letters import CAPITAL
from heard.checks.regex import regex
from heard.checks.short_names import SHORT_NAMES
from heard.language.plain import plain


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(first, second) for first, _, second in (pair.partition("-") for pair in text.split())]


_WORD: Final = regex(r"[^\W\d_]{2,40}")
_REAL: Final = regex(rf"[{CAPITAL}][^\W\d_]*(?:['’-][^\W\d_]+)*\.?(?: [^\W\d_]['’.\w-]*){{0,4}}")
_LETTERS: Final = "αa βv γg δd εe ζz ηi ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ωo θth ψps"
_GREEK: Final[Mapping[str, str]] = {pair[0]: pair[1:] for pair in _LETTERS.split()}
_PAIRS: Final = _pairs("ου-ou μπ-b ντ-nt γγ-ng γκ-g αυ-av ευ-ev ει-i οι-i αι-e")
# One sound, many ways to write it in Latin letters.
_SAME_SOUND: Final = _pairs(
    "ph-f ch-h kh-h ck-k c-k gi-j gg-g ng-g nt-d ou-u ai-e ei-i oi-i y-i w-v x-ks th-t b-v ii-i ll-l nn-n "
    "ss-s tt-t mm-m j-i"
)
# Endings of the vocative, and what they were before.
_CALLED: Final = _pairs(
    "o-a e- i- u- ku-ek ku-ka le-el ce-ec ci-ec re-r ne-en e-a e-os o-os i-is i-us a-as e-es e-us u-us "
    "ova- ova-a kova-ek lova-el cova-ec eva- ne- ke-ek te-et ze-h ce-k che-ch cova-ek a-o"
)
_LONG_ENOUGH: Final = 3
_MORE: Final = 2  # letters by which a short form is shorter at least: "Petr" is not "Petra"


def looks_like_a_name(text: str) -> bool:
    return _REAL.fullmatch(text.strip()) is not None and not text.strip().isupper()


def name_words(names: Iterable[str]) -> list[str]:
    return [word for name in names for word in _WORD.findall(name)]


@lru_cache(maxsize=8_192)
def are_one_name(greeted: str, known: str) -> bool:
    one, other = _latin(greeted), _latin(known)
    if one == other or _is_called(one, other) or _short(one) & _short(other):
        return True
    if _sound(one) == _sound(other) or _is_called(_sound(one), _sound(other)):
        return True
    called = {before for before in _before(one) if _short(before) & _short(other)}
    return bool(called) or _begins(one, other)


def _is_called(greeted: str, known: str) -> bool:
    return known in _before(greeted)


def _before(greeted: str) -> set[str]:
    """What the name may be of somebody who is called like this."""
    ends = [(vocative, ending) for vocative, ending in _CALLED if greeted.endswith(vocative)]
    return {greeted[: len(greeted) - len(vocative)] + ending for vocative, ending in ends}


def _begins(one: str, other: str) -> bool:
    """ "Alex" is Alexandra, and the nickname "janakov92" may be Jana."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LONG_ENOUGH and long.startswith(short) and len(long) - len(short) >= _MORE


def _short(name: str) -> frozenset[int]:
    return SHORT_NAMES.get(name, frozenset())


@lru_cache(maxsize=8_192)
def _latin(name: str) -> str:
    flat = plain(name)
    for greek, latin in _PAIRS:
        flat = flat.replace(greek, latin)
    return "".join(_GREEK.get(letter, letter) for letter in flat)


@lru_cache(maxsize=8_192)
def _sound(name: str) -> str:
    for written, sound in _SAME_SOUND:
        name = name.replace(written, sound)
    return name
