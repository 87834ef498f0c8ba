"""What the readers of changes share: who wrote, on which post, with which pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from heard.channels.contract import Media, Person, Post
from heard.channels.facebook.payloads import Change
from heard.channels.meta.envelope import Element, Stamp

CHANGED: Final = frozenset({"edit", "edited", "update"})  # posts say "edit" or "edited", for the same
REMOVED: Final = "remove"
HIDING: Final = {"hide": True, "unhide": False}
ABOUT_PEOPLE: Final = frozenset({"block", "unblock", "mute", "unmute"})

_NOT_PROMOTED: Final = frozenset({"", "inactive", "ineligible"})
_SHOWS_ITS_LINK: Final = {"photo": "image", "video": "video"}


@dataclass(frozen=True, slots=True)
class Told:
    """One change together with the event that it came in."""

    element: Element
    change: Change

    @property
    def stamp(self) -> Stamp:
        return self.element.stamp(self.change.created_time)

    @property
    def ours(self) -> bool:
        return self.change.author_id == self.element.page

    @property
    def author(self) -> Person | None:
        """None where Facebook hides who it was: privacy, or a right that the app lacks."""
        if not self.change.author_id:
            return None
        return Person(self.change.author_id, name=self.change.author_name)


def post_of_comment(told: Told) -> Post | None:
    change = told.change
    if not change.post_id:
        return None
    return Post(change.post_id, permalink=change.post.permalink_url, advert=_is_advert(change))


def post_itself(told: Told) -> Post:
    change = told.change
    pictures = [media.url for media in media_of(change) if media.kind == "image"]
    return Post(
        change.object_id,
        text=change.message,
        permalink=change.permalink_url or change.post.permalink_url,
        picture_url=next(iter(pictures), ""),
        author_name=change.author_name,
        at=change.created_time,
        advert=_is_advert(change),
    )


def _is_advert(change: Change) -> bool:
    """Adverts show in people's feeds without being published on the page."""
    promotion = change.promotion_status or change.post.promotion_status
    unpublished = change.published is False or change.post.is_published is False
    return unpublished or promotion.lower() not in _NOT_PROMOTED


def media_of(change: Change) -> tuple[Media, ...]:
    return tuple(_media(change))


def _media(change: Change) -> Iterator[Media]:
    if change.photo:
        yield Media("image", change.photo)
    if change.video:
        yield Media("video", change.video)
    yield from (Media("image", url) for url in change.photos if url != change.photo)
    if change.link:
        yield Media(_SHOWS_ITS_LINK.get(change.item, "link"), change.link)
