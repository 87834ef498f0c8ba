"""Somebody named our page in a post or comment elsewhere. Often Facebook does not say who."""

from __future__ import annotations

from heard.channels.contract import (
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageHidden,
    MessageIn,
)
from heard.channels.facebook.about import CHANGED, HIDING, REMOVED, Told, media_of, post_of_comment


def mention(told: Told) -> Incoming | None:
    """What happened to a mention; None for a verb that means nothing here."""
    change = told.change
    external_id = change.comment_id or change.object_id
    if not external_id:
        return told.element.ignored("A mention came without its id.")
    if change.verb == "add":
        return _written(told, external_id)
    if change.verb in CHANGED:
        return MessageEdited(
            **told.stamp, external_id=external_id, text=change.message, media=media_of(change)
        )
    if change.verb == REMOVED:
        return MessageDeleted(**told.stamp, external_id=external_id, by_us=told.ours)
    if change.verb in HIDING:
        return MessageHidden(**told.stamp, external_id=external_id, hidden=HIDING[change.verb])
    return None


def _written(told: Told, external_id: str) -> MessageIn:
    change = told.change
    return MessageIn(
        **told.stamp,
        kind=Kind.MENTION,
        external_id=external_id,
        thread=external_id,
        text=change.message,
        author=told.author,
        ours=told.ours,
        post=post_of_comment(told) if change.comment_id else None,
        media=media_of(change),
        permalink=change.permalink_url or change.post.permalink_url,
    )
