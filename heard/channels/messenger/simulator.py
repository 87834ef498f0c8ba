"""The events of a conversation as Messenger writes them (`messaging[]`). All times are milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def event(sender: str, recipient: str, timestamp: int, **fragment: Any) -> dict[str, Any]:
    """One element of `messaging[]`: exactly one fragment says what happened."""
    return {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": timestamp,
        **fragment,
    }


def message(
    mid: str,
    *,
    text: str = "",
    attachments: Sequence[Mapping[str, Any]] = (),
    reply_to: str = "",
    quick: str = "",
) -> dict[str, Any]:
    fragment: dict[str, Any] = {"mid": mid}
    if text:
        fragment["text"] = text
    if quick:
        fragment["quick_reply"] = {"payload": quick}
    if reply_to:
        fragment["reply_to"] = {"mid": reply_to}
    if attachments:
        fragment["attachments"] = [dict(one) for one in attachments]
        sticker = next(
            (one["payload"]["sticker_id"] for one in attachments if one["type"] == "sticker"), None
        )
        if sticker is not None:
            fragment["sticker_id"] = sticker
    return fragment


def echo(fragment: Mapping[str, Any], *, app_id: str, metadata: str) -> dict[str, Any]:
    """What the page said, by whichever app. `app_id` is a number here and a string elsewhere."""
    marks: dict[str, Any] = {"is_echo": True, "app_id": int(app_id)}
    if metadata:
        marks["metadata"] = metadata
    return {"mid": fragment["mid"], **marks, **{key: part for key, part in fragment.items() if key != "mid"}}


STICKER = 369239263222822


def attachment(kind: str, url: str) -> dict[str, Any]:
    """`kind` as in the network's list: image, audio, video, file, sticker, location, fallback …"""
    if kind == "sticker":
        return {"type": "sticker", "payload": {"url": url, "sticker_id": STICKER}}
    if kind == "location":
        return {"type": "location", "payload": {"coordinates": {"lat": 50.0755, "long": 14.4378}}}
    if kind == "fallback":
        return {"type": "fallback", "title": "A link", "url": url, "payload": None}
    return {"type": kind, "payload": {"url": url}}


def reaction(mid: str, *, name: str, emoji: str, added: bool) -> dict[str, Any]:
    if not added:
        return {"mid": mid, "action": "unreact"}
    return {"mid": mid, "action": "react", "reaction": name, "emoji": emoji}
