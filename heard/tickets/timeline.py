"""Everything that happened in a ticket, in one line of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heard.events.models import EventRecord
from heard.tickets.models import Message, Note, Ticket

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
    """Oldest first, in a constant number of queries."""
    entries = [
        *(Entry(message.at, message=message) for message in messages(ticket)),
        *(Entry(note.at, note=note) for note in ticket.notes.select_related("agent")),
        *(Entry(record.at, event=record) for record in _records(ticket)),
    ]
    return sorted(entries, key=lambda entry: entry.at)


def messages(ticket: Ticket) -> Sequence[Message]:
    said = ticket.messages.select_related("author__contact", "agent", "inbox", "parent", "outcome_by", "call")
    return list(
        said.defer("search", "parent__search")
        .prefetch_related("attachments", "reactions", "versions")
        .order_by("at", "id")
    )


def _records(ticket: Ticket) -> Sequence[EventRecord]:
    told = EventRecord.objects.filter(ticket_id=ticket.pk, kind__in=TOLD).select_related("by")
    return list(told.order_by("-id")[:MOST_EVENTS])[::-1]
