"""Comments on our own pictures, the replies to them, and what is said while a video is live."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.contract import Incoming, Kind, MessageIn, Person, Post
from heard.channels.instagram.payloads import Author, Comment, MediaPart
from heard.channels.meta.envelope import Element
from heard.channels.words import N_

_NO_ANSWER_TO_LIVE: Final = N_("Instagram takes no public answer to a comment on a live video.")


def comment(element: Element, value: Any) -> Incoming:
    return _comment(element, value)


def live_comment(element: Element, value: Any) -> Incoming:
    return _comment(element, value, note="live", unanswerable=_NO_ANSWER_TO_LIVE)


def _comment(element: Element, value: Any, *, note: str = "", unanswerable: str = "") -> Incoming:
    said = Comment.model_validate(value)
    if not said.id:
        return element.ignored("A comment came without its id.")
    return MessageIn(
        **element.stamp(None),  # Instagram gives no time but that of the call
        kind=Kind.COMMENT,
        external_id=said.id,
        thread=said.parent_id or said.id,
        parent=said.parent_id,
        text=said.text,
        author=person(said.author),
        ours=said.author.id == element.page,
        post=_post(said.media),
        note=note or said.media.ad_title,
        unanswerable=unanswerable,
    )


def person(author: Author) -> Person | None:
    if not author.id:
        return None
    return Person(author.id, name=author.username, handle=author.username)


def _post(media: MediaPart) -> Post | None:
    # A boosted picture has a second id, and its comments may be told twice, once under each.
    external_id = media.original_media_id or media.id
    return Post(external_id, advert=media.advert) if external_id else None
