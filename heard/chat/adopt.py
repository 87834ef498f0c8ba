"""Files that visitors handed over: our copy is there already, and the message's attachment becomes it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from heard.chat.models import VisitorFile
from heard.many import among
from heard.tickets.events import MessageReceived, PastMessageReceived
from heard.tickets.models import Attachment, Kind


def adopt_files(events: Sequence[MessageReceived | PastMessageReceived]) -> None:
    """Only what was uploaded to the very inbox, and once: a key that somebody made up leads nowhere."""
    lines = [event.message_id for event in events if event.message.kind == Kind.CHAT]
    if not lines:
        return
    came = Attachment.objects.filter(among("message", lines), detail__has_key="upload").select_related(
        "message"
    )
    wanted = {_key(row): row for row in came}
    for file in VisitorFile.objects.filter(pk__in=[key for key in wanted if key]).select_for_update():
        row = wanted[file.key]
        if file.taken_at is not None or file.inbox_id != row.message.inbox_id:
            continue
        file.taken_at = row.message.received_at
        file.save(update_fields=["taken_at"])
        row.key, row.state, row.size = file.key, Attachment.State.STORED, file.size
        row.kind, row.name, row.content_type = file.kind, file.name, file.content_type
        row.save(update_fields=["key", "state", "size", "kind", "name", "content_type"])


def _key(row: Attachment) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(row.detail["upload"]))
    except ValueError:
        return None
