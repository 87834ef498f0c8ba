"""What a saved reply said before, how any two versions differ, and back to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from heard.replies.differences import Piece, difference
from heard.replies.facts import facts_of
from heard.replies.keep_version import words_of
from heard.replies.models import ReplyChange, ReplyVersion, SavedReply
from heard.replies.propose import texts_in as texts_of_change
from heard.replies.variants import said_by
from heard.replies.ways import Way
from heard.replies.write import Wanted, change
from heard.workspaces.models import Agent


@dataclass(frozen=True, slots=True)
class Compared:
    """One variant or one title in two versions. Without a way it is the title in that language."""

    language: str
    way: Way | None
    pieces: Sequence[Piece]


def versions_of(reply: SavedReply) -> list[ReplyVersion]:
    """Newest first."""
    return list(reply.versions.select_related("by").order_by("-number"))


def compared(older: ReplyVersion, newer: ReplyVersion) -> list[Compared]:
    """Only what differs."""
    return _compared(
        older.words["titles"], newer.words["titles"], texts_in(older.words), texts_in(newer.words)
    )


def compared_with(reply: SavedReply, change: ReplyChange) -> list[Compared]:
    """What the change would change in the words that the reply has now."""
    now = words_of(reply)
    said = texts_in(now)
    after = {way: text for way, text in {**said, **texts_of_change(change)}.items() if text}
    return _compared(now["titles"], change.titles, said, after)


def _compared(
    old_titles: Mapping[str, str],
    new_titles: Mapping[str, str],
    old: Mapping[Way, str],
    new: Mapping[Way, str],
) -> list[Compared]:
    titles = [
        Compared(language, None, difference(old_titles.get(language, ""), new_titles.get(language, "")))
        for language in sorted(old_titles.keys() | new_titles.keys())
        if old_titles.get(language) != new_titles.get(language)
    ]
    return titles + [
        Compared(way.language, way, difference(old.get(way, ""), new.get(way, "")))
        for way in sorted(old.keys() | new.keys())
        if old.get(way) != new.get(way)
    ]


def restore(reply: SavedReply, version: ReplyVersion, *, by: Agent, now: datetime) -> SavedReply:
    """Its titles and words are again what they were, as a new version. Files stay as they are.

    Raises what `change` raises.
    """
    words = version.words
    facts = replace(facts_of(reply), titles=words["titles"], source_language=words["source_language"])
    gone = dict.fromkeys(said_by(reply.variants.all()), "")
    return change(reply, Wanted(facts=facts, texts={**gone, **texts_in(words)}), by=by, now=now)


def texts_in(words: Mapping[str, Any]) -> dict[Way, str]:
    return {
        Way(one["language"], one["formality"], one["audience"], one["length"]): one["text"]
        for one in words["variants"]
    }
