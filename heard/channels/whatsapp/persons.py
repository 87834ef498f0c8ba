"""Who a person is. The id at our business comes first: it stays when the number is hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import Person
from heard.channels.fields import as_aside
from heard.channels.whatsapp.payloads import Contact

_USER_ID: Final = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def is_user_id(address: str) -> bool:
    """An id as WhatsApp gives out, `BG.13491208655302741918`, and no phone number."""
    return bool(_USER_ID.fullmatch(address))


def recipient_of(address: str) -> dict[str, str]:
    """How a call names the person."""
    return {"recipient": address} if is_user_id(address) else {"to": address}


def person_of(
    phone: str, user_id: str, parent_user_id: str = "", *, contacts: Sequence[Any] = ()
) -> Person | None:
    """None where nothing says who it is. `contacts` are those of the same change."""
    known = _contact(contacts, {phone, user_id, parent_user_id} - {""})
    ids = [
        user_id or (known.user_id if known else ""),
        phone,
        known.wa_id if known else "",
        parent_user_id or (known.parent_user_id if known else ""),
    ]
    addresses = list(dict.fromkeys(filter(None, ids)))
    if not addresses:
        return None
    profile = known.profile if known else {}
    return Person(
        addresses[0],
        name=as_aside(profile.get("name")),
        handle=as_aside(profile.get("username")),
        aliases=tuple(addresses[1:]),
    )


def _contact(contacts: Sequence[Any], ids: set[str]) -> Contact | None:
    for told in contacts:
        try:
            contact = Contact.model_validate(told)
        except ValidationError:
            continue  # it only decorates
        mine = {contact.wa_id, contact.user_id, contact.parent_user_id} - {""}
        # The number that was dialled may differ from the one that WhatsApp knows; then there is only one.
        if mine & ids or (len(contacts) == 1 and mine):
            return contact
    return None
