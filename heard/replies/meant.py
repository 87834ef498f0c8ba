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
from heard.replies.index import TAG, TEXT, TITLE, TOPIC, Index

MEANINGS: Final = Path(__file__).parent / "meanings"
SHORTEST: Final = 3  # letters of the beginning of a word
NEAR: Final = 0.6  # what a reply has to reach, as a share of the best
LEAST: Final = 1.5
IN_A_TITLE: Final = {TEXT: 0.4, TAG: 1.5, TITLE: 2.0}
OFTEN, MOST_TIMES = 0.08, 12  # words of the concept in one reply, in all its languages
FOCUS: Final = 2.0
TOPICS: Final[Mapping[str, str]] = {"complaint": "angry", "wrong": "wrong_item"}


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


def meant(index: Index, typed: Sequence[str], *, strict: bool = False) -> Mapping[int, float]:
    """Replies that speak of the same, and how much. Empty where a word is of no concept and stands nowhere.

    `strict`: something has the words already, so each word has to be of a concept.
    """
    told = {word: concepts_of(word) for word in typed if len(word) >= SHORTEST and word not in SMALL}
    if not all(
        concepts or (not strict and any(index.beginning_with(word))) for word, concepts in told.items()
    ):
        return {}
    asked = [concepts for concepts in told.values() if concepts]
    scores: dict[int, float] = defaultdict(float)
    for concepts in dict.fromkeys(asked):
        for reply, weight in _speaking_of(index, concepts).items():
            scores[reply] += weight
    for reply in scores:
        scores[reply] *= 1 + FOCUS / _length(index, reply)
    best = max(scores.values(), default=0.0)
    return {reply: score for reply, score in scores.items() if score >= max(NEAR * best, LEAST)}


def _speaking_of(index: Index, concepts: frozenset[str]) -> Mapping[int, float]:
    found: dict[int, int] = {reply: TITLE for concept in concepts for reply in _about(index, concept)}
    times: dict[int, int] = defaultdict(int)
    for beginning in {one for concept in concepts for one in _beginnings()[concept]}:
        for word, postings in index.words_beginning_with(beginning):
            # A longer beginning may say that it is of something else.
            if concepts.isdisjoint(concepts_of(word)):
                continue
            for posting in postings:
                reply, place = index.of_slot[posting >> 2], posting & 3
                if reply:
                    times[reply] += 1
                    found[reply] = max(place, found.get(reply, 0))
    return {
        reply: IN_A_TITLE[place] + OFTEN * min(MOST_TIMES, times[reply]) for reply, place in found.items()
    }


def _about(index: Index, concept: str) -> set[int]:
    """By what the reply is for, where that has the concept's name."""
    topic = TOPIC + TOPICS.get(concept, concept)
    slots = (one >> 2 for language in index.counts for one in index.stems.get((language, topic), ()))
    return {index.of_slot[slot] for slot in slots if index.of_slot[slot]}


def _length(index: Index, reply: int) -> float:
    """Words of a title: of two titles that speak of it, the shorter speaks of little else."""
    titles = index.entries[reply].titles
    return max(1.0, sum(title.count(" ") + 1 for title in titles) / max(1, len(titles)))


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
