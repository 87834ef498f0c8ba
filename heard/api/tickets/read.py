"""One ticket, and what was said in it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse

from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest, AskedFor, Cursor, Id, Limit
from heard.api.cursors import open_cursor, seal
from heard.api.messages.shape import Messages, message_shape, shown
from heard.api.routes import Query, Router
from heard.api.tickets.notes import Notes, note_shape
from heard.api.tickets.shape import Ticket, rows_of, ticket_shape
from heard.tickets import models
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

router = Router(tags=["Tickets"])


class Turning(AskedFor):
    cursor: Cursor | None = None
    limit: Limit = 200


def ticket_of(agent: Agent, number: int) -> models.Ticket:
    """Raises Http404, also for a ticket of another workspace."""
    found = _tickets(agent=agent, number=number)
    if not found:
        raise Http404
    return found[0]


@prepared
def _tickets(*, agent: Agent, number: int) -> QuerySet[models.Ticket]:
    return models.Ticket.objects.visible_to(agent).filter(number=number)


def answer_ticket(agent: Agent, number: int) -> HttpResponse:
    """The ticket as it is now. Raises Http404."""
    row = rows_of(models.Ticket.objects.visible_to(agent)).filter(number=number).first()
    if row is None:
        raise Http404
    return answer(ticket_shape(row, agent))


@router.get("/{int:number}", response=reads(Ticket, 404), summary="One ticket")
def ticket(request: ApiRequest, number: Id) -> HttpResponse:
    return answer_ticket(request.agent, number)


@router.get("/{int:number}/messages", response=reads(Messages, 400, 404), summary="What was said in it")
def messages_of_ticket(request: ApiRequest, number: Id, turning: Query[Turning]) -> HttpResponse:
    """Oldest first."""
    said = shown(ticket_of(request.agent, number).messages.all())
    rows = list(_after(said, turning.cursor)[: turning.limit + 1])
    page = rows[: turning.limit]
    listed: Messages = {
        "items": [message_shape(message) for message in page],
        "next": seal(page[-1].at, page[-1].pk) if len(rows) > turning.limit else None,
    }
    return answer(listed)


@router.get("/{int:number}/notes", response=reads(Notes, 404), summary="What agents said among themselves")
def notes_of_ticket(request: ApiRequest, number: Id) -> HttpResponse:
    """Oldest first, the newest 200."""
    rows = ticket_of(request.agent, number).notes.select_related("agent").order_by("-at", "-id")[:200]
    listed: Notes = {"items": [note_shape(note) for note in reversed(rows)], "next": None}
    return answer(listed)


def _after(said: QuerySet[models.Message], cursor: str | None) -> QuerySet[models.Message]:
    if not cursor:
        return said
    at, last = open_cursor(cursor)
    return said.filter(at__gte=at).filter(Q(at__gt=at) | Q(at=at, id__gt=last))
