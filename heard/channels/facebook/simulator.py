"""The events of a page as Facebook writes them (`changes[]`). Pure: values in, the network's JSON out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Author = Mapping[str, str] | None  # {"id", "name"}; None where the network hides who wrote


def _value(item: str, verb: str, author: Author, **rest: Any) -> dict[str, Any]:
    value: dict[str, Any] = {"item": item, "verb": verb}
    if author is not None:
        value["from"] = dict(author)
    value.update({key: part for key, part in rest.items() if part is not None})
    return value


def change(field: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"field": field, "value": dict(value)}


def comment(
    verb: str,
    author: Author,
    *,
    comment_id: str,
    post_id: str,
    parent_id: str,
    message: str | None = None,
    created_time: int | None = None,
    media: Mapping[str, str] | None = None,
    post: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """`verb` is add, edited, remove, hide or unhide; a removal carries neither text nor time."""
    value = _value(
        "comment",
        verb,
        author,
        comment_id=comment_id,
        post_id=post_id,
        parent_id=parent_id,
        message=message,
        created_time=created_time,
    )
    value.update(media or {})
    if post is not None:
        value["post"] = dict(post)
    return value


def visitor_post(
    verb: str, author: Author, *, post_id: str, page_id: str, message: str, hidden: bool, created_time: int
) -> dict[str, Any]:
    if verb == "remove":
        return _value("post", verb, author, post_id=post_id, recipient_id=page_id, created_time=created_time)
    return _value(
        "post", verb, author, post_id=post_id, message=message, is_hidden=hidden, created_time=created_time
    )


def own_post(
    item: str,
    verb: str,
    author: Author,
    *,
    post_id: str,
    message: str,
    published: bool,
    pictures: Sequence[str],
    created_time: int,
) -> dict[str, Any]:
    """A status, photo or share by the page itself."""
    media: dict[str, Any] = {}
    if item == "photo":
        media = {"photo_id": post_id.rpartition("_")[2], "link": pictures[0] if pictures else ""}
    elif pictures:
        media = {"photos": list(pictures)}
    return _value(
        item,
        verb,
        author,
        post_id=post_id,
        **media,
        published=int(published),
        message=message,
        created_time=created_time,
    )


def reaction(
    verb: str,
    author: Author,
    *,
    name: str,
    post_id: str,
    parent_id: str,
    comment_id: str | None,
    created_time: int,
) -> dict[str, Any]:
    return _value(
        "reaction",
        verb,
        author,
        reaction_type=name,
        post_id=post_id,
        parent_id=parent_id,
        comment_id=comment_id,
        created_time=created_time,
    )


def mention_in_comment(
    verb: str, *, comment_id: str, post_id: str, message: str | None, created_time: int
) -> dict[str, Any]:
    """Without an author: Facebook leaves it out, the object has to be fetched."""
    return _value(
        "comment",
        verb,
        None,
        comment_id=comment_id,
        post_id=post_id,
        message=message,
        created_time=created_time,
    )


def mention_in_post(
    verb: str, author: Author, *, post_id: str, message: str | None, created_time: int
) -> dict[str, Any]:
    who = {"sender_id": author["id"], "sender_name": author["name"]} if author else {}
    return _value("post", verb, None, post_id=post_id, **who, message=message, created_time=created_time)


def rating(
    verb: str,
    author: Author,
    *,
    story_id: str,
    stars: int | None,
    recommends: bool | None,
    text: str,
    created_time: int,
) -> dict[str, Any]:
    who = {"reviewer_id": author["id"], "reviewer_name": author["name"]} if author else {}
    kind = None if recommends is None else ("POSITIVE" if recommends else "NEGATIVE")
    value = _value(
        "rating", verb, None, open_graph_story_id=story_id, **who, rating=stars, recommendation_type=kind
    )
    value.update(review_text=text, comment_id=None, created_time=created_time)
    return value
