"""Which of the five languages that Heard is written for, told by their small words and letters.

Needs no models, so every draft can be asked at every key; `detect.py` knows all the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from heard.language.plain import plain

_ENOUGH: Final = 1_000  # characters
_SMALL: Final[Mapping[str, str]] = {
    "en": (
        "the and you your is we for are have with this that not will please thank thanks our of to be can from "
        "hello sorry it has was would if they there which but about as at us any when what hi dear"
    ),
    "cs": (
        "se ze pro vam jsme jsou dekujeme prosim dobry den nebo ktere bude uz ale jsem mate muzete budeme mame "
        "prosime nase by vase vas zpravu to jako aby jeste take vasi byl byla bylo pokud pri kdy co jak tak "
        "mi ti tvuj diky ahoj s k v na je do od po za u"
    ),
    "sl": (
        "in da smo so hvala prosimo ali ki bo bomo lahko ste tudi pri kot nam vam se je na za od po ob ze vase "
        "vas vasa nas pozdravljeni spostovani zal ce ni bi bila bil bilo vaso naso ga jo jih kako kaj kdaj ker "
        "pa ne ti si tvoj zivjo v z s do"
    ),
    "hu": (
        "a az es hogy nem is egy van koszonjuk kerjuk ont on mar meg csak vagy de ha lesz ezt azt udvozlettel "
        "kedves onnek vannak volt mint majd ki el fel be minden itt ott most szia jo napot sajnaljuk elnezest "
        "kerem kell amely ami akkor meg"
    ),
}
_WORDS: Final = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_LETTERS: Final = {"cs": re.compile("[řěů]"), "hu": re.compile("[őű]"), "sl": re.compile(r"\b(?:č|š|ž)\w*")}
_GREEK: Final = re.compile("[α-ωά-ώϊϋΐΰ]")
_LATIN: Final = re.compile("[a-z]")
_WORD: Final = re.compile(r"[^\W\d_]+")


_GREEK_SMALL: Final = (
    "αυτο αυτη αλλα απο γιατι ειναι εχει εχετε εχω ηταν θελω καθε μετα μπορει μπορω οταν οχι πολυ στην στον"
)
SMALL: Final[frozenset[str]] = frozenset().union(*_WORDS.values(), _GREEK_SMALL.split())


@lru_cache(maxsize=64)
def familiar(text: str) -> str:
    """Its code, or empty: another language, or too little to tell."""
    said = text[:_ENOUGH].lower()
    greek = len(_GREEK.findall(said))
    if greek > len(_LATIN.findall(said)):
        return "el" if greek > 1 else ""
    points = _points(said)
    (first, most), (_, second) = points.most_common(2)
    return first if most >= 2 and most > second else ""


def _points(said: str) -> Counter[str]:
    words = Counter(_WORD.findall(plain(said)))
    points = Counter({code: sum(words[word] for word in known) for code, known in _WORDS.items()})
    for code, letters in _LETTERS.items():
        weight = 1 if code == "sl" else 3
        points[code] += weight * min(3, len(letters.findall(said)))
    if _LETTERS["cs"].search(said):
        points["sl"] = 0
    return points
