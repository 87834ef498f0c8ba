"""The Account Activity API, deprecated and still sent: the same happenings in version 1.1 of X's words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from heard.sandbox.delivery.event import Event
from heard.sandbox.talks.things import Account
from heard.sandbox.x.shown import Shown
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

SECTION = "account_activity"


def is_told(account: Account) -> bool:
    return bool(account.kept.get("old_webhook"))


def tell(twin: XTwin, account: Account, name: str, event: dict[str, Any], *, lane: str, **more: Any) -> None:
    """`name` is the list that the event stands in."""
    if is_told(account):
        body = {"for_user_id": account.id, name: [event], **more}
        twin.tell(account, body, lane=f"old {lane}", section=SECTION)


def bodies(events: list[Event]) -> dict[str, Any]:
    """Several events of one kind share a call; the sandbox batches only where it is told to."""
    whole: dict[str, Any] = {}
    for event in events:
        for name, value in event.body.items():
            whole[name] = [*whole.get(name, []), *value] if isinstance(value, list) else value
    return whole


def tweet(twin: XTwin, post: Post) -> dict[str, Any]:
    shown = Shown(twin).post(post)
    entities = shown.get("entities", {})
    mentions = [
        {**_numbered(one["id"]), "screen_name": one["username"]} for one in entities.get("mentions", ())
    ]
    said: dict[str, Any] = {
        **_numbered(post.newest_id),
        "created_at": datetime.fromtimestamp(post.at, UTC).strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "timestamp_ms": str(int(post.at * 1000)),
        "text": shown["text"],
        "user": user(twin, post.author),
        "entities": {"hashtags": [], "urls": entities.get("urls", []), "user_mentions": mentions},
    }
    for name, value in (("status", post.parent), ("user", post.parent_author)):
        said[f"in_reply_to_{name}_id_str"] = value or None
    if quoted := twin.held.post(post.quoted):
        said["quoted_status"] = tweet(twin, quoted)
    if post.media:
        media = [Shown(twin).media(one) for one in post.media]
        listed = [
            {"id_str": one["media_key"], "type": one["type"], "media_url_https": one.get("url")}
            for one in media
        ]
        said["extended_entities"] = {"media": listed}
    return said


def user(twin: XTwin, id: str) -> dict[str, Any]:
    name, username, picture = twin.known_as(id)
    return {**_numbered(id), "name": name, "screen_name": username, "profile_image_url_https": picture}


def _numbered(id: str) -> dict[str, Any]:
    """As a number too, which is why the string is the one to read."""
    return {"id": int(id), "id_str": id}
