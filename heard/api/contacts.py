"""The people who write."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router
from typing_extensions import TypedDict

from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest, Id
from heard.contacts import models
from heard.tickets.models import Kind, State, Ticket

router = Router(tags=["People"])
NEWEST = 50


class Identity(TypedDict):
    """One address of theirs on one inbox."""

    id: int
    inbox: int
    channel: str
    address: str
    name: str
    handle: str
    last_wrote_at: datetime | None


class TicketOfContact(TypedDict):
    number: int
    state: State
    kind: Kind
    preview: str
    waiting_since: datetime | None
    last_message_at: datetime


class Contact(TypedDict):
    id: int
    name: str
    language: str
    time_zone: str
    created_at: datetime
    identities: list[Identity]
    tickets: list[TicketOfContact]


@router.get("/{int:contact_id}", response=reads(Contact, 404), summary="One contact")
def contact(request: ApiRequest, contact_id: Id) -> HttpResponse:
    """With every address of theirs and their newest 50 tickets."""
    row = get_object_or_404(models.Contact.objects.visible_to(request.agent), pk=contact_id)
    tickets = Ticket.objects.visible_to(request.agent).filter(contact=row).order_by("-id")
    shown: Contact = {
        "id": row.pk,
        "name": row.name,
        "language": row.language,
        "time_zone": row.time_zone,
        "created_at": row.created_at,
        "identities": [_identity(one) for one in row.identities.select_related("inbox").order_by("id")],
        "tickets": [_ticket(ticket) for ticket in tickets[:NEWEST]],
    }
    return answer(shown)


def _identity(row: models.Identity) -> Identity:
    return {
        "id": row.pk,
        "inbox": row.inbox_id,
        "channel": row.inbox.channel,
        "address": row.address,
        "name": row.name,
        "handle": row.handle,
        "last_wrote_at": row.last_wrote_at,
    }


def _ticket(row: Ticket) -> TicketOfContact:
    return {
        "number": row.number,
        "state": State(row.state),
        "kind": Kind(row.kind),
        "preview": row.preview,
        "waiting_since": row.waiting_since,
        "last_message_at": row.last_message_at,
    }
