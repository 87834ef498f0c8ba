"""Nothing typed is ever lost: every draft is kept on the server, one for each agent and way of answering."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.tickets.models import Draft, Message, Thread, Ticket
from heard.workspaces.models import Agent


def place_of(ticket: Ticket, mode: str) -> str:
    """Names this draft for the files that were uploaded for it."""
    return f"ticket {ticket.pk} {mode}"


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
    via: Thread | None = None,
    language: str = "",
) -> Draft | None:
    """Store what is typed. `version` is the one that the page began from, 0 for a new draft.

    `language` is the one that it is written in, where the agent chose another than the ticket's.
    Emptied text deletes the draft: the answer is then None. Raises DraftConflict and overwrites nothing.
    """
    kept = Draft.objects.select_for_update(no_key=True).filter(ticket=ticket, agent=by, mode=mode)
    if not text and not kept.exists():
        return None
    fields = {
        "workspace_id": ticket.workspace_id,
        "text": text,
        "language": language,
        "to": to,
        "via": via,
        "changed_at": now,
    }
    draft, made = kept.get_or_create(ticket=ticket, agent=by, mode=mode, defaults=fields)
    if made:
        return draft
    if draft.version != version and draft.text != text:
        raise DraftConflict(draft)
    if not text:
        draft.delete()
        return None
    draft.text, draft.to, draft.via, draft.changed_at = text, to, via, now
    draft.language = language
    draft.version += 1
    draft.save(update_fields=["text", "language", "to", "via", "changed_at", "version"])
    return draft
