"""How a customer seems to feel, by words that say so: angry, worried, pleased, or simply at ease.

Nobody is told anything where the words say little, or say two things at once: a wrong guess about a person is worse
than none. `heard/language/moods/` holds the words, one file a language, and `python -m heard.checks.measure` prints how often
the guess is right on messages that were labelled for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from heard.language.complaining import complains
from heard.language.familiar import familiar
from heard.language.plain import plain

Feeling = Literal["angry", "worried", "pleased", "casual"]
Confidence = Literal["likely", "sure"]

FOLDER: Final = Path(__file__).parent / "moods"
LABELLED: Final = FOLDER / "labelled"
_READ: Final = 3_000  # characters
_LIKELY, _SURE = 2, 4  # points
_STRONG: Final = 2  # points of a word that says it by itself; others have one
_SHOWN: Final = 3  # words that are given as the reason
_FEELINGS: Final[tuple[Feeling, ...]] = ("angry", "worried", "pleased", "casual")
_ANGRY_FACES: Final = re.compile("[😡🤬😠👿💢🖕👎]")
_WORRIED_FACES: Final = re.compile("[😟😰😢😭😥🙏😱]")
_PLEASED_FACES: Final = re.compile("[😍🥰❤💖😊🤩👏💕👍🎉]")
_EXCLAIMED: Final = re.compile(r"!{3,}|[!?]{4,}")
_WORDS_IN_A_ROW: Final = re.compile(r"(?<!\w)[^\W\d_a-z]{4,20}(?:[ ,!]{1,3}[^\W\d_a-z]{3,20}){2,30}(?!\w)")


@dataclass(frozen=True, slots=True)
class Mood:
    """`words` are those of the customer that say so."""

    feeling: Feeling
    confidence: Confidence
    words: tuple[str, ...]


@lru_cache(maxsize=512)
def mood_of(text: str, language: str = "") -> Mood | None:
    """None where unsure. `language` is what is known of it, for a text too short to tell by itself."""
    said = text[:_READ]
    words = _words().get(familiar(said) or language.split("-")[0].lower())
    if words is None:
        return None
    found = {feeling: _found(said, words[feeling]) for feeling in _FEELINGS}
    _add_faces(said, found)
    points = {feeling: sum(found[feeling].values()) for feeling in _FEELINGS}
    if _STRONG not in found["angry"].values() and points["angry"] <= _LIKELY:
        points["angry"] = min(points["angry"], 1)  # something is broken, or late: that alone is no anger
    if complains(said):
        points["angry"] = max(points["angry"] + 1, _LIKELY)
    return _decided(points, found)


def _decided(points: Mapping[Feeling, int], found: Mapping[Feeling, Mapping[str, int]]) -> Mood | None:
    """Anger outweighs what is said beside it; otherwise two feelings at once are none that we could name."""
    feeling = _strongest(points)
    if feeling is None:
        return None
    confidence: Confidence = "sure" if points[feeling] >= _SURE else "likely"
    return Mood(feeling, confidence, tuple(found[feeling])[:_SHOWN])


def _strongest(points: Mapping[Feeling, int]) -> Feeling | None:
    grave = [feeling for feeling in _FEELINGS[:3] if points[feeling] >= _LIKELY]
    if not grave:
        quiet = not any(points[feeling] for feeling in _FEELINGS[:2])
        return "casual" if points["casual"] >= _LIKELY and quiet else None
    if len(grave) == 1:
        others = [points[feeling] for feeling in _FEELINGS[:3] if feeling != grave[0]]
        return grave[0] if grave[0] != "pleased" or not any(others) else None
    ranked = sorted(grave, key=lambda feeling: -points[feeling])
    # "Thank you for nothing": praise beside anger is none.
    if "pleased" in grave and points[ranked[0]] - points[ranked[1]] < _STRONG:
        return None
    return ranked[0] if points[ranked[0]] > points[ranked[1]] else grave[0]


def _found(said: str, words: _Words) -> dict[str, int]:
    flat = plain(said)
    found: dict[str, int] = {}
    for pattern, weight in ((words.strong, _STRONG), (words.weak, 1)):
        for one in pattern.finditer(flat):
            if not words.turned.search(flat[max(0, one.start() - 40) : one.start()]):
                found.setdefault(said[slice(*one.span())].strip(), weight)
    return found


def _add_faces(said: str, found: Mapping[Feeling, dict[str, int]]) -> None:
    faces: tuple[tuple[Feeling, re.Pattern[str]], ...] = (
        ("angry", _ANGRY_FACES),
        ("worried", _WORRIED_FACES),
        ("pleased", _PLEASED_FACES),
        ("angry", _EXCLAIMED),
    )
    if shouted := next((one for one in _WORDS_IN_A_ROW.findall(said) if one.isupper()), ""):
        found["angry"].setdefault(shouted[:24], 1)
    for feeling, pattern in faces:
        if one := pattern.search(said):
            found[feeling].setdefault(one.group()[:24], 1)


@dataclass(frozen=True, slots=True)
class _Words:
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    turned: re.Pattern[str]  # says the opposite of what follows


@cache
def _words() -> Mapping[str, Mapping[str, _Words]]:
    return {path.stem: _of(tomllib.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("*.toml")}


def _of(read: Mapping[str, Any]) -> Mapping[str, _Words]:
    turned = re.compile(rf"(?<!\w)(?:{read['not']})\W{{1,3}}(?:\w{{1,12}}\W{{1,3}}){{0,1}}$")
    return {
        feeling: _Words(_any(read[feeling]["strong"]), _any(read[feeling]["weak"]), turned)
        for feeling in _FEELINGS
    }


def _any(said: str) -> re.Pattern[str]:
    """Words without accents and capitals; a star stands for any ending."""
    lines = [" ".join(line.split()) for line in said.split(",")]
    known = sorted(filter(None, map(plain, lines)), key=len, reverse=True)
    patterns = [re.escape(one).replace(r"\*", r"\w{0,12}").replace(r"\ ", r"\s{1,5}") for one in known]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
