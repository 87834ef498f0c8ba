"""How far our messages got. In any order: read before delivered, failed after sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from heard.channels.contract import Incoming, MessageDeleted, Receipt
from heard.channels.fields import as_aside, as_mapping
from heard.channels.meta.envelope import shown
from heard.channels.whatsapp.envelope import Change
from heard.channels.whatsapp.payloads import Status

_STATUSES: Final = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",  # a voice message
    "failed": "failed",
}


def facts_of_status(change: Change, raw: Mapping[str, Any]) -> list[Incoming]:
    told = Status.model_validate(raw)
    if not told.id:
        return [change.ignored("A receipt came without the message's id.", status=dict(raw))]
    stamp = change.stamp(told.timestamp, status=_lasting(raw))
    if told.status == "deleted":
        return [MessageDeleted(**stamp, external_id=told.id, by_us=True)]
    if told.status not in _STATUSES:
        return [
            change.ignored(f"A message is {shown(told.status)}, which Heard does not know.", status=dict(raw))
        ]
    return [
        Receipt(
            **stamp,
            status=_STATUSES[told.status],
            external_ids=(told.id,),
            token=told.biz_opaque_callback_data,
            address=told.recipient_user_id or told.recipient_id,
            reason=_reason(told),
        )
    ]


def _lasting(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Without what a repeated delivery may count anew."""
    return {name: value for name, value in raw.items() if name not in ("conversation", "pricing")}


def _reason(told: Status) -> str:
    problem = as_mapping(told.errors[0]) if told.errors else {}
    details = as_aside(as_mapping(problem.get("error_data")).get("details"))
    words = details or as_aside(problem.get("message")) or as_aside(problem.get("title"))
    code = problem.get("code")
    return f"WhatsApp: {words} ({code})"[:500] if words else ""
