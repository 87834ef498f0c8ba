"""Reviews of the page: stars in the old form, a recommendation in the new one."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import (
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageHidden,
    MessageIn,
    Person,
)
from heard.channels.facebook.about import CHANGED, HIDING, REMOVED, Told
from heard.channels.facebook.comments import comment
from heard.channels.facebook.payloads import Change

_RECOMMENDS: Final = {"positive": True, "negative": False}


def review(told: Told) -> Incoming | None:
    """What happened to a review; None for a verb that means nothing here."""
    change = told.change
    external_id = review_id(change)
    if not external_id:
        return told.element.ignored("A review came without its id.")
    if change.verb == "add":
        return _written(told, external_id)
    if change.verb in CHANGED:
        return _rewritten(told, external_id)
    if change.verb == REMOVED:
        return MessageDeleted(**told.stamp, external_id=external_id)
    if change.verb in HIDING:
        return MessageHidden(**told.stamp, external_id=external_id, hidden=HIDING[change.verb])
    return None


def comment_on_review(told: Told) -> Incoming | None:
    """A comment under a review belongs to the review's own thread."""
    return comment(told, thread=review_id(told.change))


def review_id(change: Change) -> str:
    # A review is also a post, whose id is "<page>_<story>".
    return change.open_graph_story_id or change.post_id.rpartition("_")[2]


def _written(told: Told, external_id: str) -> MessageIn:
    change = told.change
    return MessageIn(
        **told.stamp,
        kind=Kind.REVIEW,
        external_id=external_id,
        thread=external_id,
        text=change.review_text or change.message,
        author=_reviewer(told),
        stars=_stars(change),
        recommends=_recommends(change),
        permalink=change.permalink_url,
    )


def _rewritten(told: Told, external_id: str) -> MessageEdited:
    change = told.change
    return MessageEdited(
        **told.stamp,
        external_id=external_id,
        text=change.review_text or change.message,
        stars=_stars(change),
        recommends=_recommends(change),
    )


def _reviewer(told: Told) -> Person | None:
    if told.change.reviewer_id:
        return Person(told.change.reviewer_id, name=told.change.reviewer_name)
    return told.author


def _stars(change: Change) -> int | None:
    given = change.rating
    return given if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= 5 else None


def _recommends(change: Change) -> bool | None:
    return _RECOMMENDS.get(change.recommendation_type.lower())
