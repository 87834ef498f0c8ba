"""Said among agents, never leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import NoteAdded
from heard.tickets.models import Draft, Note, Ticket
from heard.workspaces.models import Agent


class EmptyNote(Exception):
    """A note without words."""


@transaction.atomic
def note(ticket: Ticket, *, text: str, by: Agent, now: datetime) -> Note:
    """Raises EmptyNote. A note changes no state: nobody outside has been answered."""
    if not text.strip():
        raise EmptyNote
    made = Note.objects.create(
        workspace_id=ticket.workspace_id, ticket=ticket, agent=by, text=text.strip(), at=now
    )
    Draft.objects.filter(ticket=ticket, agent=by, mode=Draft.Mode.NOTE).delete()
    publish(NoteAdded(**about(ticket, now=now, by=by)))
    return made
