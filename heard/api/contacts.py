"""The people who write."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, AskedFor, Cursor, Id, Limit
from heard.api.cursors import open_cursor, seal
from heard.api.messages.shape import Messages, message_shape
from heard.api.messages.shape import shown as shown_messages
from heard.api.routes import Query, Router
from heard.contacts import address as addressing
from heard.contacts import merge as merging
from heard.contacts import models
from heard.contacts import speak as speaking
from heard.contacts.suggest import dismiss_suggestion
from heard.tickets.models import Kind, Message, State, Ticket
from heard.tickets.suggest_people import evidence, suggestions
from heard.workspaces.models import Agent

router = Router(tags=["People"])
NEWEST = 50
Proof = Literal["", "claimed", "verified"]


class Identity(TypedDict):
    """One address of theirs on one inbox."""

    id: int
    inbox: int
    channel: str
    address: str
    name: str
    handle: str
    proof: Annotated[
        Proof,
        Field(description="`claimed`: named and not confirmed. Empty: the network vouches for it."),
    ]
    last_wrote_at: datetime | None


class TicketOfContact(TypedDict):
    number: int
    state: State
    kind: Kind
    preview: str
    waiting_since: datetime | None
    last_message_at: datetime


class Merge(TypedDict):
    """A contact that went into this one. It can be undone by its id."""

    id: int
    gone: int
    name: str
    at: datetime
    by: str


class Reason(TypedDict):
    kind: str
    strength: Annotated[int, Field(description="3: proved, 2: likely, 1: weak.")]
    words: str
    at: Annotated[datetime | None, Field(description="Since when it is known, where that matters.")]


class Suggested(TypedDict):
    contact: int
    name: str
    strength: int
    evidence: list[Reason]


class Suggestions(TypedDict):
    items: list[Suggested]
    next: str | None


class MergeWith(Asked):
    contact: Annotated[Id, Field(description="Who goes into this one.")]


class Undo(Asked):
    merge: Annotated[Id, Field(description="Id of a merge, as the contact shows it.")]


class SomebodyElse(Asked):
    contact: Id


class HistoryWanted(AskedFor):
    cursor: Cursor | None = None
    limit: Limit = 50


class Speak(Asked):
    language: Annotated[
        str, Field(max_length=10, pattern=TEXT, description="Of two letters: cs. Empty: nobody knows.")
    ]


class Address(Asked):
    formality: Annotated[
        models.Formality | None, Field(strict=False, description="Null: as is usual for the language.")
    ]


class Contact(TypedDict):
    id: Annotated[int, Field(description="Whoever was merged is shown as whom they went into.")]
    name: str
    language: str
    language_from: Annotated[
        Literal["", "detected", "network", "said"], Field(description="`said`: a person knows it.")
    ]
    proposed_language: Annotated[str, Field(description="Another one that they write in lately.")]
    formality: Annotated[
        Literal["", "formal", "informal"], Field(description="Empty: as is usual for the language.")
    ]
    time_zone: str
    created_at: datetime
    identities: list[Identity]
    merges: list[Merge]
    tickets: list[TicketOfContact]


@router.get("/{int:contact_id}", response=reads(Contact, 404), summary="One contact")
def contact(request: ApiRequest, contact_id: Id) -> HttpResponse:
    """With every address of theirs and their newest 50 tickets."""
    return _answer(request.agent, _contact_of(request.agent, contact_id))


@router.get("/{int:contact_id}/history", response=reads(Messages, 400, 404), summary="All that was said")
def history(request: ApiRequest, contact_id: Id, turning: Query[HistoryWanted]) -> HttpResponse:
    """By them and to them, on every channel, newest first."""
    row = _contact_of(request.agent, contact_id)
    said = shown_messages(Message.objects.visible_to(request.agent).filter(author__contact=row))
    said = said.order_by("-at", "-id")
    if turning.cursor:
        at, last = open_cursor(turning.cursor)
        said = said.filter(at__lte=at).filter(Q(at__lt=at) | Q(at=at, id__lt=last))
    rows = list(said[: turning.limit + 1])
    page = rows[: turning.limit]
    listed: Messages = {
        "items": [message_shape(message) for message in page],
        "next": seal(page[-1].at, page[-1].pk) if len(rows) > turning.limit else None,
    }
    return answer(listed)


@router.get("/{int:contact_id}/suggestions", response=reads(Suggestions, 404), summary="Who else it may be")
def suggested(request: ApiRequest, contact_id: Id) -> HttpResponse:
    """Nothing is merged by itself."""
    found = suggestions(_contact_of(request.agent, contact_id))
    listed: Suggestions = {
        "items": [
            {
                "contact": one.contact.pk,
                "name": one.contact.name,
                "strength": int(one.strength),
                "evidence": [
                    {"kind": str(why.kind), "strength": int(why.strength), "words": why.words, "at": why.at}
                    for why in one.evidence
                ],
            }
            for one in found
        ],
        "next": None,
    }
    return answer(listed)


@router.post("/{int:contact_id}/merge", response=writes(Contact, 404))
def merge(request: ApiRequest, contact_id: Id, body: MergeWith) -> HttpResponse:
    """Two contacts are one person. What speaks for it is kept with it, and it can be undone."""
    kept, gone = _contact_of(request.agent, contact_id), _contact_of(request.agent, body.contact)
    reasons = evidence(kept, gone)
    merging.merge(kept, gone, by=request.agent, now=timezone.now(), evidence=reasons)
    return _answer(request.agent, kept)


@router.post("/{int:contact_id}/unmerge", response=writes(Contact, 404))
def unmerge(request: ApiRequest, contact_id: Id, body: Undo) -> HttpResponse:
    """As if it had never been; what came since goes with the address that it came by."""
    kept = _contact_of(request.agent, contact_id)
    known = models.ContactMerge.objects.visible_to(request.agent)
    row = get_object_or_404(known.select_related("kept", "gone"), pk=body.merge)
    merging.unmerge(row, by=request.agent, now=timezone.now())
    return _answer(request.agent, kept)


@router.post("/{int:contact_id}/not-the-same", response=writes(Contact, 404))
def not_the_same(request: ApiRequest, contact_id: Id, body: SomebodyElse) -> HttpResponse:
    """They are two people: it is not suggested again."""
    row, other = _contact_of(request.agent, contact_id), _contact_of(request.agent, body.contact)
    dismiss_suggestion(row, other, by=request.agent, now=timezone.now())
    return _answer(request.agent, row)


@router.post("/{int:contact_id}/speak", response=writes(Contact, 404))
def speak(request: ApiRequest, contact_id: Id, body: Speak) -> HttpResponse:
    """Which language they speak. No recognition overwrites it, and their open tickets follow."""
    row = _contact_of(request.agent, contact_id)
    speaking.speak(row, language=body.language, by=request.agent, now=timezone.now())
    return _answer(request.agent, row)


@router.post("/{int:contact_id}/address", response=writes(Contact, 404))
def address(request: ApiRequest, contact_id: Id, body: Address) -> HttpResponse:
    """How they are addressed."""
    row = _contact_of(request.agent, contact_id)
    addressing.address(row, formality=body.formality, by=request.agent, now=timezone.now())
    return _answer(request.agent, row)


def _contact_of(agent: Agent, pk: int) -> models.Contact:
    """Raises Http404, also for a contact of another workspace."""
    row = get_object_or_404(models.Contact.objects.visible_to(agent), pk=pk)
    return merging.root(row) if row.merged_into_id else row


def _answer(agent: Agent, row: models.Contact) -> HttpResponse:
    tickets = Ticket.objects.visible_to(agent).filter(contact=row).order_by("-id")
    shown: Contact = {
        "id": row.pk,
        "name": row.name,
        "language": row.language,
        "language_from": cast("Literal['', 'detected', 'network', 'said']", row.language_from),
        "proposed_language": row.proposed_language,
        "formality": cast("Literal['', 'formal', 'informal']", row.formality),
        "time_zone": row.time_zone,
        "created_at": row.created_at,
        "identities": [_identity(one) for one in row.identities.select_related("inbox").order_by("id")],
        "merges": [_merge(one) for one in merging.merges_of(row)],
        "tickets": [_ticket(ticket) for ticket in tickets[:NEWEST]],
    }
    return answer(shown)


def _merge(row: models.ContactMerge) -> Merge:
    return {
        "id": row.pk,
        "gone": row.gone_id,
        "name": row.gone.name,
        "at": row.at,
        "by": row.by.name if row.by else "",
    }


def _identity(row: models.Identity) -> Identity:
    return {
        "id": row.pk,
        "inbox": row.inbox_id,
        "channel": row.inbox.channel,
        "address": row.address,
        "name": row.name,
        "handle": row.handle,
        "proof": cast("Proof", row.proof),
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
