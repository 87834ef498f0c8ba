"""The texts of `texts.toml`, read once."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    language: str
    kind: str  # comment · direct · post · review
    text: str
    then: str = ""
    edit: str = ""
    recommends: bool = True


@dataclass(frozen=True, slots=True)
class Texts:
    texts: tuple[Text, ...]
    thanks: dict[str, list[str]]
    answers: dict[str, list[str]]


@cache
def texts() -> Texts:
    read = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
    return Texts(tuple(Text(**one) for one in read["text"]), read["thanks"], read["answers"])


class Bag:
    """Draws every text once before any comes again."""

    def __init__(self, rng: random.Random) -> None:
        self._rng, self._left = rng, list[Text]()

    def draw(self) -> Text:
        if not self._left:
            self._left = list(texts().texts)
            self._rng.shuffle(self._left)
        return self._left.pop()
