"""The events of an account as Instagram writes them. Pure: values in, the network's JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FIELDS = {
    "message_echoes": "messages",  # come with the messages
    "message_edits": "message_edit",
    "message_reads": "messaging_seen",
    "messaging_handovers": "messaging_handover",
}
_UNTOLD = frozenset({"message_deliveries"})
_OF_MESSENGER = frozenset({"app_id", "metadata", "sticker_id"})
_WITHOUT_ADDRESS = frozenset({"like_heart", "ephemeral", "unsupported_type"})


def comment(
    *, id: str, text: str, parent: str, author: Mapping[str, str], media: str, product: str = "FEED"
) -> dict[str, Any]:
    """The value of `comments` and `live_comments`: no time, no verb, for nothing else is ever told."""
    value: dict[str, Any] = {"id": id, "text": text, "from": dict(author)}
    if parent:
        value["parent_id"] = parent
    return value | {"media": {"id": media, "media_product_type": product}}


def mention(*, media: str, comment: str = "") -> dict[str, str]:
    return {"media_id": media} | ({"comment_id": comment} if comment else {})


def messaging(field: str, event: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """A messaging event of Messenger's in Instagram's words; None for what Instagram does not tell."""
    if field in _UNTOLD:
        return None
    worded = dict(event)
    if "message" in worded:
        said = {key: value for key, value in worded["message"].items() if key not in _OF_MESSENGER}
        if "attachments" in said:
            said["attachments"] = [_attachment(one) for one in said["attachments"]]
        worded["message"] = said
    return _FIELDS.get(field, field), worded


def _attachment(attachment: Mapping[str, Any]) -> dict[str, Any]:
    kind = attachment["type"]
    return {"type": kind} if kind in _WITHOUT_ADDRESS else dict(attachment)
