"""Nothing typed is ever lost: every draft is kept on the server, one for each agent and way of answering."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from heard.tickets.models import Draft, Message, Ticket
from heard.workspaces.models import Agent


class DraftConflict(Exception):
    """The same agent changed it in another window meanwhile. `theirs` is what stands on the server."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__("changed in another window")
        self.theirs = theirs


@transaction.atomic
def keep_draft(
    ticket: Ticket,
    *,
    mode: Draft.Mode,
    text: str,
    version: int,
    by: Agent,
    now: datetime,
    to: Message | None = None,
) -> Draft | None:
    """Store what is typed. `version` is the one that the page began from, 0 for a new draft.

    Emptied text deletes the draft: the answer is then None. Raises DraftConflict and overwrites nothing.
    """
    current = Draft.objects.select_for_update().filter(ticket=ticket, agent=by, mode=mode).first()
    if current is not None and current.version != version and current.text != text:
        raise DraftConflict(current)
    if not text:
        Draft.objects.filter(ticket=ticket, agent=by, mode=mode).delete()
        return None
    draft, _made = Draft.objects.update_or_create(
        ticket=ticket,
        agent=by,
        mode=mode,
        defaults={"text": text, "to": to, "changed_at": now, "version": F("version") + 1},
        create_defaults={
            "workspace_id": ticket.workspace_id,
            "text": text,
            "to": to,
            "changed_at": now,
        },
    )
    draft.refresh_from_db(fields=["version"])
    return draft
