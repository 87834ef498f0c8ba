"""A letter arrived, but somebody who was to get a copy did not. That copy alone is marked, and sent again.

In `Message.copies`, `failed` says why somebody has none, and `again` that one is on its way to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about_message
from heard.tickets.events import CopiesRetried, CopyMissed
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent

_LONGEST: Final = 300


def missed(message: Message) -> list[str]:
    return [one["address"] for one in message.copies if "failed" in one]


def under_way(message: Message) -> list[str]:
    return [one["address"] for one in message.copies if one.get("again")]


def missing(message: Message, reason: str) -> dict[str, str]:
    """That none of those under way arrives, for one reason."""
    return dict.fromkeys(under_way(message), reason)


@transaction.atomic
def miss_copies(message: Message, reasons: Mapping[str, str], *, now: datetime) -> None:
    """`reasons`: address → why nobody there got it. Who has no copy of this letter is passed over."""
    current = _locked(message)
    lost = {address.lower(): reason[:_LONGEST] for address, reason in reasons.items()}
    known = [one["address"] for one in current.copies if one["address"].lower() in lost]
    if not known:
        return
    current.copies = [
        {"address": one["address"], "name": one["name"], "failed": lost[one["address"].lower()]}
        if one["address"] in known
        else one
        for one in current.copies
    ]
    current.save(update_fields=["copies"])
    publish(
        *(
            CopyMissed(**about_message(current, now=now), address=one, reason=lost[one.lower()])
            for one in known
        )
    )


@transaction.atomic
def send_copies_again(message: Message, *, by: Agent, now: datetime) -> bool:
    """To those who got none, and to nobody else. False when there are none."""
    current = _locked(message)
    if not missed(current):
        return False
    current.copies = [
        {"address": one["address"], "name": one["name"], "again": True} if "failed" in one else one
        for one in current.copies
    ]
    current.save(update_fields=["copies"])
    publish(CopiesRetried(**about_message(current, now=now, by=by)))
    return True


@transaction.atomic
def copies_left(message: Message, refused: Mapping[str, str], *, now: datetime) -> None:
    """The server took those that were under way, but for the refused."""
    current = _locked(message)
    current.copies = [
        {"address": one["address"], "name": one["name"]} if "again" in one else one for one in current.copies
    ]
    current.save(update_fields=["copies"])
    miss_copies(current, refused, now=now)


def forget_misses(message: Message) -> None:
    """Before all of it goes out again, to everybody."""
    if missed(message):
        message.copies = [{"address": one["address"], "name": one["name"]} for one in message.copies]
        message.save(update_fields=["copies"])


def _locked(message: Message) -> Message:
    Ticket.objects.select_for_update(no_key=True).get(pk=message.ticket_id)
    return Message.objects.defer("search").get(pk=message.pk)
