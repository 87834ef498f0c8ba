"""Which reader takes which change of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pydantic import ValidationError

from heard.channels.contract import Happening, Incoming
from heard.channels.facebook.about import ABOUT_PEOPLE, CHANGED, HIDING, REMOVED, Told
from heard.channels.facebook.comments import comment
from heard.channels.facebook.mentions import mention
from heard.channels.facebook.payloads import Change
from heard.channels.facebook.posts import POSTS, post
from heard.channels.facebook.reactions import reaction
from heard.channels.facebook.reviews import comment_on_review, review
from heard.channels.fields import what_is_wrong
from heard.channels.meta.envelope import Element, shown

Reader = Callable[[Told], Incoming | None]

READERS: Final[Mapping[str, Mapping[str, Reader]]] = {
    "feed": {
        "comment": comment,
        "like": reaction,
        "reaction": reaction,
        **dict.fromkeys(POSTS, post),
    },
    "mention": {
        "comment": mention,
        **dict.fromkeys(POSTS, mention),
    },
    "ratings": {
        "rating": review,
        "comment": comment_on_review,
        "like": reaction,
        "reaction": reaction,
    },
}
KNOWN_VERBS: Final = frozenset({"add", REMOVED, *CHANGED, *HIDING, *ABOUT_PEOPLE})


def facts_of_change(element: Element) -> list[Incoming]:
    field, value = element.raw.get("field"), element.raw.get("value")
    items = READERS.get(field) if isinstance(field, str) else None
    if items is None:
        return [element.ignored(f"The field is {shown(field)}, which Heard does not read.")]
    if not isinstance(value, dict):
        return [element.ignored("The change holds no object.")]
    try:
        change = Change.model_validate(value)
    except ValidationError as error:
        return [element.ignored(f"The change is not as documented: {what_is_wrong(error)}.")]
    reader = items.get(change.item)
    if reader is None:
        return [element.ignored(f"The item is {shown(change.item)}, which Heard does not know.")]
    return [_read(Told(element, change), reader)]


def _read(told: Told, reader: Reader) -> Incoming:
    change = told.change
    if change.verb not in KNOWN_VERBS:
        return told.element.ignored(f"The verb is {shown(change.verb)}, which Heard does not know.")
    return (None if change.verb in ABOUT_PEOPLE else reader(told)) or _happening(told)


def _happening(told: Told) -> Happening:
    """A known verb that says nothing about a message: somebody was blocked, a reaction was hidden."""
    change = told.change
    name = change.verb if change.verb in ABOUT_PEOPLE else f"{change.item}_{change.verb}"
    detail = {"item": change.item, "post": change.object_id, "comment": change.comment_id}
    return Happening(
        **told.stamp,
        name=name,
        address=change.author_id,
        detail={key: value for key, value in detail.items() if value},
    )
