"""Posts on the page: written by a visitor they are messages, written by us they are what comments hang on."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import (
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageHidden,
    MessageIn,
    PostPublished,
)
from heard.channels.facebook.about import CHANGED, HIDING, REMOVED, Told, media_of, post_itself

POSTS: Final = frozenset(
    {
        "post",
        "status",
        "photo",
        "video",
        "share",
        "link",
        "album",
        "event",
        "note",
        "offer",
        "poll",
        "story",
    }
)


def post(told: Told) -> Incoming | None:
    """What happened to a post; None for a verb that means nothing here.

    A post without an author counts as a visitor's: one ticket too many is better than one too few.
    """
    if not told.change.object_id:
        return told.element.ignored("A post came without its id.")
    if told.change.verb in HIDING:
        hidden = HIDING[told.change.verb]
        return MessageHidden(**told.stamp, external_id=told.change.object_id, hidden=hidden)
    return _ours(told) if told.ours else _visitors(told)


def _ours(told: Told) -> Incoming | None:
    if told.change.verb == "add" or told.change.verb in CHANGED:
        return PostPublished(**told.stamp, post=post_itself(told))
    if told.change.verb == REMOVED:
        return PostPublished(**told.stamp, post=post_itself(told), removed=True)
    return None


def _visitors(told: Told) -> Incoming | None:
    change = told.change
    if change.verb == "add":
        return _written(told)
    if change.verb in CHANGED:
        media = media_of(change)
        return MessageEdited(**told.stamp, external_id=change.object_id, text=change.message, media=media)
    if change.verb == REMOVED:
        return MessageDeleted(**told.stamp, external_id=change.object_id)
    return None


def _written(told: Told) -> MessageIn:
    change = told.change
    return MessageIn(
        **told.stamp,
        kind=Kind.POST,
        external_id=change.object_id,
        thread=change.object_id,
        text=change.message,
        author=told.author,
        media=media_of(change),
        permalink=change.permalink_url or change.post.permalink_url,
    )
