"""Comments and replies to comments."""

from __future__ import annotations

from heard.channels.contract import Incoming, Kind, MessageDeleted, MessageEdited, MessageHidden, MessageIn
from heard.channels.facebook.about import CHANGED, HIDING, REMOVED, Told, media_of, post_of_comment


def comment(told: Told, *, thread: str = "") -> Incoming | None:
    """What happened to a comment; None for a verb that means nothing here.

    `thread` is the message that the comments hang on, where it is not just a post.
    """
    change = told.change
    if not change.comment_id:
        return told.element.ignored("A comment came without its id.")
    if change.verb == "add":
        return _written(told, thread)
    if change.verb in CHANGED:
        media = media_of(change)
        return MessageEdited(**told.stamp, external_id=change.comment_id, text=change.message, media=media)
    if change.verb == REMOVED:
        return MessageDeleted(**told.stamp, external_id=change.comment_id, by_us=told.ours)
    if change.verb in HIDING:
        hidden = HIDING[change.verb]
        return MessageHidden(**told.stamp, external_id=change.comment_id, hidden=hidden)
    return None


def _written(told: Told, thread: str) -> MessageIn:
    change = told.change
    parent = thread if is_on_the_post(told) else change.parent_id
    return MessageIn(
        **told.stamp,
        kind=Kind.COMMENT,
        external_id=change.comment_id,
        # The payload names the comment that was answered and nothing above it. Where that one is a reply
        # itself, its own thread is the right one: whoever knows `parent` knows better than `thread`.
        thread=thread or parent or change.comment_id,
        parent=parent,
        text=change.message,
        author=told.author,
        ours=told.ours,
        post=post_of_comment(told),
        media=media_of(change),
        permalink=change.permalink_url,
    )


def is_on_the_post(told: Told) -> bool:
    """Whether the comment hangs on the post itself.

    A post may have a second id (adverts do), but the id of a post of this page starts with the page's own,
    and that of a comment does not.
    """
    change = told.change
    own_post = change.parent_id.startswith(f"{told.element.page}_")
    return own_post or change.parent_id in ("", change.post_id, change.post.id, change.comment_id)
