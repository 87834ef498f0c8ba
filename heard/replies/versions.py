"""What a saved reply said before, how any two versions differ, and back to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from heard.replies.differences import Piece, difference
from heard.replies.facts import facts_of
from heard.replies.models import ReplyVersion, SavedReply
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
    old_titles, new_titles = older.words["titles"], newer.words["titles"]
    titles = [
        Compared(language, None, difference(old_titles.get(language, ""), new_titles.get(language, "")))
        for language in sorted(old_titles.keys() | new_titles.keys())
        if old_titles.get(language) != new_titles.get(language)
    ]
    old, new = texts_in(older.words), texts_in(newer.words)
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
