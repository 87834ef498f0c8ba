"""Words that are one word in other forms: parking, parkings, parkingu. By the three-letter pieces that they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from heard.language.familiar import SMALL
from heard.language.folded import folded

SHORTEST: Final = 4
ALIKE: Final = 0.45
_WORD: Final = re.compile(rf"[^\W\d_]{{{SHORTEST},40}}")


def words_in(text: str) -> set[str]:
    """Without accents and case; what is too short or too common to say what it is about is left out."""
    return set(_WORD.findall(folded(text))) - SMALL


def similarity(one: str, other: str) -> float:
    """Between 0 and 1, as PostgreSQL's pg_trgm counts it."""
    here, there = _pieces(one), _pieces(other)
    return len(here & there) / len(here | there)


def one_word_each(words: Mapping[str, int]) -> dict[str, str]:
    """Each word → the one that stands for it and all that are like it: the most frequent of them."""
    pieces = {word: _pieces(word) for word in words}
    holding: dict[str, list[str]] = defaultdict(list)
    stands: dict[str, str] = {}
    for word in sorted(words, key=lambda one: (-words[one], len(one), one)):
        best = _most_alike(word, pieces, holding)
        stands[word] = best or word
        if best is None:
            for piece in pieces[word]:
                holding[piece].append(word)
    return stands


def _most_alike(
    word: str, pieces: Mapping[str, frozenset[str]], holding: Mapping[str, Sequence[str]]
) -> str | None:
    shared = Counter(other for piece in pieces[word] for other in holding.get(piece, ()))
    counted = (
        (count / (len(pieces[word]) + len(pieces[other]) - count), other) for other, count in shared.items()
    )
    best = max(counted, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def _pieces(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def counted(texts: Iterable[str]) -> Counter[str]:
    """In how many texts each word stands."""
    return Counter(word for text in texts for word in words_in(text))
