"""Everything that happened in a ticket, in one line of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django.db.models import QuerySet

from heard.contacts.models import Identity
from heard.events.models import EventRecord
from heard.inboxes.models import Inbox
from heard.tickets.models import Attachment, Call, Message, MessageVersion, Note, Reaction, Ticket
from heard.workspaces.ahead import ahead
from heard.workspaces.models import Agent
from heard.workspaces.prepared import Prepared, Question, prepared

# What the timeline tells in a faint line; everything else shows on the message itself.
TOLD = (
    "TicketReopened",
    "TicketReferenced",
    "TicketQuoted",
    "TicketAssigned",
    "TicketTagged",
    "TicketPrioritised",
    "ProductNamed",
    "TicketLanguageChanged",
    "TicketHandedOver",
    "TicketSnoozed",
    "TicketWoke",
    "TicketResolved",
    "TicketJoined",
    "MacroRun",
    "AutomaticStopped",
    "AutomaticUnfit",
    "TicketContinued",
    "TicketTakenPrivate",
    "SafeFormFilled",
    "AddressProved",
    "AddressDenied",
    "CallBackPlanned",
    "CallBackDue",
    "CallBackEnded",
    "MessageAnswered",
    "MessageDismissed",
    "MessageHidden",
    "MessageReposted",
    "GateOverridden",
    "MessageCancelled",
    "ReplyScheduled",
    "ReviewAsked",
    "ReplyApproved",
    "ReplyReturned",
    "ReplyCameBack",
    "FollowUpPlanned",
    "FollowUpDue",
    "Happened",
)
MOST_EVENTS = 200


@dataclass(frozen=True)
class Entry:
    """One of the three, the others None."""

    at: datetime
    message: Message | None = None
    note: Note | None = None
    event: EventRecord | None = None


def timeline(ticket: Ticket) -> Sequence[Entry]:
    """Oldest first, in one statement."""
    with ahead(*questions(ticket)):
        entries = [
            *(Entry(message.at, message=message) for message in _said(ticket)),
            *(Entry(note.at, note=note) for note in _notes(ticket=ticket.pk)),
            *(Entry(record.at, event=record) for record in _records(ticket=ticket.pk)[::-1]),
        ]
    return sorted(entries, key=lambda entry: entry.at)


def questions(ticket: Ticket) -> list[Question | None]:
    """All that the timeline asks."""
    asked: Sequence[Prepared[Any]] = (
        _messages,
        _people,
        _writers,
        _calls,
        _notes,
        _records,
        *BESIDE.values(),
    )
    return [
        *(one.of(ticket=ticket.pk) for one in asked),
        _inboxes.of(ticket=ticket.pk, besides=ticket.inbox_id),
    ]


def _said(ticket: Ticket) -> Sequence[Message]:
    """Who wrote and by which inbox is read once for all: joined to each message it would come thirty times."""
    said = _messages(ticket=ticket.pk)
    people, writers, calls = (_by_key(asked(ticket=ticket.pk)) for asked in (_people, _writers, _calls))
    inboxes = _by_key([ticket.inbox, *_inboxes(ticket=ticket.pk, besides=ticket.inbox_id)])
    for one in said:
        one.ticket = ticket
        one.author, one.agent = people.get(one.author_id), writers.get(one.agent_id)
        one.inbox = inboxes[one.inbox_id]
        # As a join says it: that there is none is known, too.
        Message.call.related.set_cached_value(one, calls.get(one.pk))
    for name, asked in BESIDE.items():
        _lay_beside(said, name, asked(ticket=ticket.pk))
    return said


def _by_key(rows: Sequence[Any]) -> dict[int | None, Any]:
    return {row.pk: row for row in rows}


@prepared
def _messages(*, ticket: int) -> QuerySet[Message]:
    return Message.objects.filter(ticket=ticket).order_by("at", "id").defer("search")


@prepared
def _people(*, ticket: int) -> QuerySet[Identity]:
    wrote = Message.objects.filter(ticket=ticket, author__isnull=False)
    return Identity.objects.filter(pk__in=wrote.values("author")).select_related("contact")


@prepared
def _writers(*, ticket: int) -> QuerySet[Agent]:
    wrote = Message.objects.filter(ticket=ticket, agent__isnull=False)
    return Agent.objects.filter(pk__in=wrote.values("agent"))


@prepared
def _inboxes(*, ticket: int, besides: int) -> QuerySet[Inbox]:
    elsewhere = Message.objects.filter(ticket=ticket).exclude(inbox=besides)
    return Inbox.objects.filter(pk__in=elsewhere.values("inbox"))


@prepared
def _calls(*, ticket: int) -> QuerySet[Call]:
    return Call.objects.filter(message__ticket=ticket)


@prepared
def _notes(*, ticket: int) -> QuerySet[Note]:
    return Note.objects.filter(ticket=ticket).select_related("agent")


@prepared
def _records(*, ticket: int) -> QuerySet[EventRecord]:
    """The newest first."""
    told = EventRecord.objects.filter(ticket_id=ticket, kind__in=TOLD).select_related("by")
    return told.order_by("-id")[:MOST_EVENTS]


@prepared
def _attachments(*, ticket: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(message__ticket=ticket).order_by("pk")


@prepared
def _reactions(*, ticket: int) -> QuerySet[Reaction]:
    given: QuerySet[Reaction] = Reaction.objects.filter(message__ticket=ticket).order_by("pk")
    return given


@prepared
def _versions(*, ticket: int) -> QuerySet[MessageVersion]:
    return MessageVersion.objects.filter(message__ticket=ticket).order_by("pk")


BESIDE: Final[Mapping[str, Prepared[Any]]] = {
    "attachments": _attachments,
    "reactions": _reactions,
    "versions": _versions,
}


def _lay_beside(said: Sequence[Message], name: str, rows: Sequence[Any]) -> None:
    """As `prefetch_related` would, but in words that do not depend on how many messages there are."""
    by_message: dict[int, list[Any]] = {}
    for row in rows:
        by_message.setdefault(row.message_id, []).append(row)
    nothing = getattr(Message, name).rel.related_model._default_manager.none()
    for one in said:
        its = by_message.get(one.pk)
        found = getattr(one, name).get_queryset() if its else nothing
        found._result_cache, found._prefetch_done = its or [], True
        _prefetched(one)[name] = found


def _prefetched(message: Message) -> dict[str, Any]:
    return cast("dict[str, Any]", vars(message).setdefault("_prefetched_objects_cache", {}))
