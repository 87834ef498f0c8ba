"""A person is called otherwise from now on: a new number, or a new id at our business."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from heard.channels.contract import AddressChanged, Happening, Incoming, Person
from heard.channels.fields import as_mapping
from heard.channels.whatsapp.envelope import Change
from heard.channels.whatsapp.payloads import Message, System, UserIdUpdate


def system(change: Change, raw: Mapping[str, Any], message: Message, person: Person) -> list[Incoming]:
    """`user_changed_number`, `user_changed_user_id`, `customer_identity_changed` and what may follow them.

    Older deliveries name the new number `new_wa_id` and the old one `wa_id`, newer ones the new one `wa_id`.
    """
    told = System.model_validate(as_mapping(raw.get("system")))
    phone = told.new_wa_id or told.wa_id
    steps = [
        (message.from_phone, phone),
        (told.previous_user_id or message.from_user_id, told.user_id),
    ]
    moves = [move for old, new in steps for move in _moved(change, message.timestamp, old, new)]
    if moves:
        return moves
    stamp = change.stamp(message.timestamp, message=dict(raw))
    name, detail = told.type[:60] or "system", as_mapping(raw.get("system"))
    return [Happening(**stamp, name=name, address=person.address, detail=detail)]


def user_id_update(change: Change, raw: Mapping[str, Any]) -> list[Incoming]:
    told = UserIdUpdate.model_validate(raw)
    moved = _moved(change, told.timestamp, told.user_id.previous, told.user_id.current)
    return [*moved] or [change.ignored("An id changed, and which one is not said.", update=dict(raw))]


def _moved(change: Change, at: datetime | None, old: str, new: str) -> list[Incoming]:
    if not old or not new or old == new:
        return []
    # The same move may be told twice, by a message and by a field of its own: it is one fact.
    return [AddressChanged(**change.stamp(at, moved={"old": old, "new": new}), old=old, new=new)]
