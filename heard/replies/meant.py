"""What the words of a question mean: "balík má zpoždění" asks for what others call "delivery delayed".

No model and no service. `meanings/` holds a hundred concepts of support, one file a language: a concept, and how its words
begin. Words of one concept mean the same, in whichever language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from heard.language.familiar import SMALL
from heard.language.folded import folded
from heard.replies.index import TAG, TITLE, Index

MEANINGS: Final = Path(__file__).parent / "meanings"
SHORTEST: Final = 3  # letters of the beginning of a word
NEAR: Final = 0.6  # what a reply has to reach, as a share of the best
IN_A_TITLE: Final = {1: 0.4, TAG: 1.5, TITLE: 2.0}
_NO_ARTICLES: Final = SHORTEST  # shorter words say nothing


def concepts_of(word: str) -> frozenset[str]:
    """Of a folded word: those of the longest beginning that anybody listed."""
    return _concepts_of(word)


@lru_cache(maxsize=20_000)
def _concepts_of(word: str) -> frozenset[str]:
    known = _by_beginning()
    for length in range(len(word), SHORTEST - 1, -1):
        if word[:length] in known:
            return known[word[:length]]
    return frozenset()


def meant(index: Index, typed: Sequence[str]) -> Mapping[int, float]:
    """Replies that speak of the same, and how much. Empty where one word is of no concept and not a small one."""
    asked = [concepts_of(word) for word in typed if len(word) >= _NO_ARTICLES and word not in SMALL]
    if not asked or not all(asked):
        return {}
    scores: dict[int, float] = defaultdict(float)
    for concepts in dict.fromkeys(asked):
        for reply, weight in _speaking_of(index, concepts).items():
            scores[reply] += weight
    best = max(scores.values(), default=0.0)
    return {reply: score for reply, score in scores.items() if score >= max(NEAR * best, IN_A_TITLE[TAG])}


def _speaking_of(index: Index, concepts: frozenset[str]) -> Mapping[int, float]:
    found: dict[int, int] = {}
    for beginning in {one for concept in concepts for one in _beginnings()[concept]}:
        for word, postings in index.words_beginning_with(beginning):
            # A longer beginning may say that it is of something else.
            if concepts.isdisjoint(concepts_of(word)):
                continue
            for posting in postings:
                reply, place = index.of_slot[posting >> 2], posting & 3
                if reply and place > found.get(reply, 0):
                    found[reply] = place
    return {reply: IN_A_TITLE[place] for reply, place in found.items()}


@cache
def _beginnings() -> Mapping[str, Sequence[str]]:
    """By concept, of all languages."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(MEANINGS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            concept, colon, words = line.partition(":")
            if colon and not line.startswith("#"):
                found[concept] += folded(words).split()
    return found


@cache
def _by_beginning() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for concept, beginnings in _beginnings().items():
        for beginning in beginnings:
            found[beginning].add(concept)
    return {beginning: frozenset(concepts) for beginning, concepts in found.items()}
