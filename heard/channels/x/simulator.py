"""How X words its events and refusals. For the sandbox and for tests; nothing here is used with the real network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from heard.channels.x.signature import sign

PROBLEMS = "https://api.x.com/2/problems/"


def moment(at: float) -> str:
    """Unix seconds as X writes times: 2026-10-03T10:00:00.000Z."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{int(at * 1000) % 1000:03}Z"


def event(
    kind: str,
    account: str,
    payload: Mapping[str, Any],
    *,
    uuid: str,
    includes: Mapping[str, Any] | None = None,
    direction: str = "",
) -> dict[str, Any]:
    """One event of the X Activity API, without the envelope."""
    watched = {"user_id": account} | ({"direction": direction} if direction else {})
    body: dict[str, Any] = {
        "event_uuid": uuid,
        "filter": {} if kind == "oauth.revoke" else watched,
        "event_type": kind,
        "tag": account,
        "payload": payload,
    }
    return body | ({"includes": includes} if includes else {})


def direct(id: str, *, sender: str, recipient: str, text: str, at_ms: int, **more: Any) -> dict[str, Any]:
    """A direct message as hooks write it."""
    entities: dict[str, list[Any]] = {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []}
    return {
        "type": "message_create",
        "id": id,
        "created_timestamp": str(at_ms),
        "message_create": {
            "target": {"recipient_id": recipient},
            "sender_id": sender,
            "message_data": {"text": text, "entities": entities, **more},
        },
    }


def reading(*, reader: str, other: str, last: str, at_ms: int) -> dict[str, Any]:
    return {
        "created_timestamp": str(at_ms),
        "sender_id": reader,
        "target": {"recipient_id": other},
        "last_read_event_id": last,
    }


def encode(events: Sequence[Mapping[str, Any]]) -> bytes:
    """One event a call; several only where the sandbox is told to batch."""
    said: Any = events[0] if len(events) == 1 else list(events)
    return json.dumps({"data": said}, separators=(",", ":")).encode("ascii")


def signed(body: bytes, secret: str) -> dict[str, str]:
    return {"X-Twitter-Webhooks-Signature": sign(body, SecretStr(secret))}


def problem(status: int, title: str, detail: str, kind: str = "") -> dict[str, Any]:
    """The body of a refusal."""
    return {
        "title": title,
        "detail": detail,
        "type": PROBLEMS + kind if kind else "about:blank",
        "status": status,
    }
