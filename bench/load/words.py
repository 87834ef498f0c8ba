"""Words in five languages, the common ones common: the second half as often as the first, and so on."""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import cache
from itertools import accumulate

from heard.sandbox.scenario.texts import texts

SHARES = {"en": 30, "cs": 25, "el": 20, "hu": 15, "sl": 10}
WORDS = 20_000  # in each language
SPOKEN = 1_000_000
LETTERS = re.compile(r"[^\W\d_]+")
SYLLABLES = {
    "en": "ing er tion ble ar ment con per ly ter ness all ti sto re un ad ship able gh oo ea st tr",
    "cs": "ní ová ště při kou dlo č ný vá ře mi te ka zní pro ský ě lo be na hle da řá žky",
    "el": "ση μα κα τη ρο πα λι θε νο χρι στε ει ου φα δι γρα πο με τα ξη βι αν ερ ός",
    "hu": "ság ség ban nak ö ó sz gy el fel vá rá to mény ké szü let ha tó ly meg köz ér",
    "sl": "nje ost ica ov ski pri za na ki lje pre do ve ra ti ko štev čem ar ju ši me ga",
}


@cache
def vocabulary(language: str) -> list[str]:
    """The most frequent first: what customers really write, then made-up words that sound like it."""
    said = Counter(
        word.lower()
        for one in texts().texts
        if one.language == language
        for word in LETTERS.findall(one.text)
    )
    words = dict.fromkeys(word for word, _count in said.most_common())
    chance, syllables = random.Random(language), SYLLABLES[language].split()
    while len(words) < WORDS:
        words.setdefault("".join(chance.choices(syllables, k=chance.randint(2, 5))))
    return list(words)


@cache
def spoken(language: str) -> list[str]:
    """A million words as they are spoken, each as often as its rank says: drawing from it is quick."""
    words = vocabulary(language)
    once = sum(1 / rank for rank in range(1, WORDS + 1))
    return [word for rank, word in enumerate(words, 1) for _ in range(round(SPOKEN / rank / once))]


class Writer:
    """Writes messages. The same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._languages = list(SHARES)
        self._shares = list(accumulate(SHARES.values()))

    def language(self) -> str:
        return self.chance.choices(self._languages, cum_weights=self._shares)[0]

    def text(self, language: str) -> str:
        """From three words to forty, a tenth of them with an order's number."""
        chance = self.chance
        length = min(40, 3 + int(chance.expovariate(1 / 11)))
        said = " ".join(chance.choices(spoken(language), k=length))
        return f"{said} {chance.randrange(10**6)}" if chance.random() < 0.1 else said

    def name(self, language: str) -> str:
        first, last = self.chance.choices(vocabulary(language)[500:6000], k=2)
        return f"{first.title()} {last.title()}"
