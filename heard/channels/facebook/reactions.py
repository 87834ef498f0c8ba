"""Likes and reactions on posts, comments and replies, and likes of the page itself."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Happening, Incoming, Reaction
from heard.channels.facebook.about import CHANGED, REMOVED, Told

EMOJI: Final = {
    "like": "👍",
    "love": "❤️",
    "wow": "😮",
    "haha": "😆",
    "sad": "😢",
    "sorry": "😢",
    "angry": "😡",
    "anger": "😡",
    "care": "🥰",
}


def reaction(told: Told) -> Incoming | None:
    """None for a verb that means nothing here."""
    change = told.change
    added = change.verb == "add" or change.verb in CHANGED
    if not added and change.verb != REMOVED:
        return None
    target = change.comment_id or change.object_id or change.parent_id
    if not target:
        return _of_the_page(told, added)
    name = change.reaction_type or "like"
    return Reaction(
        **told.stamp,
        external_id=target,
        author=told.author,
        ours=told.ours,
        emoji=EMOJI.get(name.lower(), ""),
        name=name,
        added=added,
    )


def _of_the_page(told: Told, added: bool) -> Happening:
    name = "page_liked" if added else "page_unliked"
    return Happening(**told.stamp, name=name, address=told.change.author_id)
