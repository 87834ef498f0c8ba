"""Letters as a search compares them: no accents, no capitals, and Greek as people type it without its alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_MARKS: Final = re.compile(r"[\u0300-\u036f]")
_OWN: Final = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})
_GREEK: Final = re.compile(r"[\u0370-\u03ff]")
# As it sounds. What people write with the same Latin letter is one sound here: χ and ξ, β and φ, ι, η and υ.
_SOUNDS: Final = str.maketrans(
    {
        **dict(zip("αβγδεζηικλμνξοπρστυφχω", "avgdeziiklmnxoprstivxo", strict=True)),
        **{"θ": "th", "ψ": "ps"},
    }
)
_PAIRS: Final = (("ου", "u"), ("αυ", "av"), ("ευ", "ev"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "g"))
_TYPED: Final = (
    *(("th", "θ"), ("8", "θ"), ("ph", "v"), ("ch", "x"), ("kh", "x"), ("ks", "x"), ("3", "x"), ("f", "v")),
    *(("ou", "u"), ("ay", "av"), ("au", "av"), ("ey", "ev"), ("eu", "ev"), ("mp", "b"), ("nt", "d")),
    *(("gk", "g"), ("gg", "g"), ("ng", "g"), ("w", "o"), ("y", "i")),
)
_H_AS_A_VOWEL: Final = re.compile(r"(?<=[^aeiou\W])h|h$")
_DOUBLED: Final = re.compile(r"(.)\1")


def folded(text: str) -> str:
    """Without capitals and accents: "Řehoř" and "rehor" are the same, and so are "επιστροφή" and "ΕΠΙΣΤΡΟΦΗ"."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_OWN)


def is_greek(word: str) -> bool:
    return _GREEK.search(word) is not None


@lru_cache(maxsize=65_536)
def sound_of_greek(word: str) -> str:
    """How a folded Greek word sounds, in Latin letters: what `sound_of_greeklish` gives for the same word."""
    for pair, sound in _PAIRS:
        word = word.replace(pair, sound)
    return _DOUBLED.sub(r"\1", word.translate(_SOUNDS))


def sound_of_greeklish(word: str) -> str:
    """How a folded word in Latin letters sounds if it is Greek: "epistrofi", "epistrofh" and "epistrophi" alike.

    People write η as i or as h. After a consonant, or at the end of a word, an h is a vowel.
    """
    for pair, sound in _TYPED:
        word = word.replace(pair, sound)
    word = _H_AS_A_VOWEL.sub("i", word).replace("h", "x").replace("θ", "th")
    return _DOUBLED.sub(r"\1", word)
