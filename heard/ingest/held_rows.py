"""Remember which messages a network named, so that what is there and what is here can be laid side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from heard.channels.contract import MessageIn
from heard.inboxes.models import Inbox
from heard.ingest.facts import key_of_message
from heard.ingest.models import HeldMessage

LONGEST_ID = 200


def note_listed(inbox: Inbox, said: list[MessageIn], *, now: datetime) -> None:
    note_held(inbox, {fact.external_id: fact.at for fact in said}, listed=True, now=now)


def note_held(inbox: Inbox, held: Mapping[str, datetime], *, listed: bool, now: datetime) -> None:
    """`held`: external id → the network's time."""
    HeldMessage.objects.bulk_create(
        [
            HeldMessage(
                workspace_id=inbox.workspace_id,
                inbox=inbox,
                external_id=external_id,
                key=key_of_message(external_id),
                at=at,
                seen_at=now,
                listed=listed,
            )
            for external_id, at in sorted(held.items())
            if len(external_id) <= LONGEST_ID
        ],
        update_conflicts=True,
        unique_fields=["inbox", "external_id"],
        update_fields=["at", "seen_at", "listed", "gone_at"],
    )
