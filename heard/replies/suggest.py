"""The saved replies that fit what a customer wrote. Words weighed by how rare they are, and nothing where unsure.

No model and no network: the words of the message are looked for in titles, tags and texts of the same language,
and what the message is about (`cues.toml`) in titles of any language. A wrong suggestion costs more than none:
it is read, and sometimes sent.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from heard.language.mood import mood_of
from heard.replies.cues import topics
from heard.replies.index import TITLE, TOPIC, Index, index_of
from heard.replies.models import SavedReply
from heard.replies.offered import offered_to
from heard.replies.terms import stems
from heard.workspaces.models import Agent

SHOWN = 3
LONGEST = 2000  # characters that are looked at
SURE = 1.4  # what the best has to reach: more than one word that stands in no other text
NEAR = 0.5  # what the others have to reach, as a share of the best
K1, B = 1.2, 0.5
WEIGHTS = (0.0, 1.0, 1.6, 2.2)  # nothing, text, tag, title
OF_TOPIC = 2.5
COMMON = 0.25  # share of replies with a word that says nothing any more
BLOCKS = (SavedReply.Block.WHOLE, SavedReply.Block.ANSWER)


def suggest(
    agent: Agent, message: str, *, language: str, now: datetime, limit: int = SHOWN
) -> list[SavedReply]:
    """The best first, at most `limit`. Empty where nothing fits well enough."""
    with index_of(agent.workspace) as index:
        scores = scored(index, message, language)
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[: 4 * limit]
    usable = offered_to(agent, now=now).in_bulk(best)
    shown = [pk for pk in best if pk in usable]
    if not shown or scores[shown[0]] < SURE:
        return []
    return [usable[pk] for pk in shown[:limit] if scores[pk] >= NEAR * scores[shown[0]]]


def scored(index: Index, message: str, language: str) -> Mapping[int, float]:
    count = index.counts.get(language, 0)
    if not count:
        return {}
    usual = index.lengths[language] / count
    scores: dict[int, float] = defaultdict(float)
    said = message[:LONGEST]
    about = {TOPIC + topic for topic in topics(said, language) | _felt(said, language)}
    for key in about | set(stems(said)):
        postings = [one for one in index.stems.get((language, key), ()) if index.of_slot[one >> 2]]
        if not postings or (len(postings) > max(3, COMMON * count) and key not in about):
            continue
        rarity = _rarity(len(postings), count)
        for posting in postings:
            entry = index.entries[index.of_slot[posting >> 2]]
            if entry.block in BLOCKS:
                scores[index.of_slot[posting >> 2]] += rarity * _weight(
                    posting & TITLE, entry.lengths[language] / usual, topic=key in about
                )
    return scores


def _felt(message: str, language: str) -> frozenset[str]:
    """Whoever is angry needs to be calmed first, whatever words they found for it."""
    mood = mood_of(message, language)
    return frozenset({"angry"} if mood and mood.feeling == "angry" else ())


def _rarity(found: int, count: int) -> float:
    """From 1 for a word in one reply alone down to nearly 0 for one in all, however many there are."""
    return math.log(1 + (count - found + 0.5) / (found + 0.5)) / math.log(1 + (count - 0.5) / 1.5)


def _weight(place: int, length: float, *, topic: bool) -> float:
    """A long text has many words by chance."""
    if topic:
        return OF_TOPIC
    weight = WEIGHTS[place]
    return weight * (K1 + 1) / (weight + K1 * (1 - B + B * length))
