"""What can happen to a ticket. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass, field

from heard.events.publishing import AT_HAND, Event
from heard.tickets.models import Message, Ticket


@dataclass(frozen=True, kw_only=True)
class TicketEvent(Event):
    number: int


@dataclass(frozen=True, kw_only=True)
class MessageEvent(TicketEvent):
    message_id: int


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketEvent):
    ticket: Ticket = field(compare=False, repr=False, metadata=AT_HAND)


class TicketReopened(TicketEvent): ...


@dataclass(frozen=True, kw_only=True)
class TicketReferenced(TicketEvent):
    """The contact quoted the number of another ticket of theirs."""

    referred: int


@dataclass(frozen=True, kw_only=True)
class TicketQuoted(TicketEvent):
    """The number of this ticket was quoted in another one."""

    quoted_in: int


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(TicketEvent):
    assignee_id: int | None
    assignee: str


@dataclass(frozen=True, kw_only=True)
class TicketTagged(TicketEvent):
    added: list[str]
    removed: list[str]


@dataclass(frozen=True, kw_only=True)
class TicketPrioritised(TicketEvent):
    priority: str


@dataclass(frozen=True, kw_only=True)
class ProductNamed(TicketEvent):
    """What the ticket is about. Empty: about nothing in the list."""

    code: str
    product: str


@dataclass(frozen=True, kw_only=True)
class TicketLanguageChanged(TicketEvent):
    """Somebody said which language the contact speaks."""

    language: str


@dataclass(frozen=True, kw_only=True)
class TicketHandedOver(TicketEvent):
    team_id: int
    team: str


@dataclass(frozen=True, kw_only=True)
class TicketSnoozed(TicketEvent):
    until: str


class TicketWoke(TicketEvent): ...


@dataclass(frozen=True, kw_only=True)
class TicketResolved(TicketEvent):
    resolution: str
    note: str


@dataclass(frozen=True, kw_only=True)
class TicketJoined(TicketEvent):
    """Messages that had opened a ticket of their own turned out to belong to this one."""

    joined: int


@dataclass(frozen=True, kw_only=True)
class TicketContinued(TicketEvent):
    """The same case goes on in another thread as well. `way` is its kind of message."""

    thread_id: int
    way: str
    address: str
    proved: bool


@dataclass(frozen=True, kw_only=True)
class AddressProved(TicketEvent):
    """An address that somebody had claimed is theirs."""

    address: str
    how: str


@dataclass(frozen=True, kw_only=True)
class AddressDenied(TicketEvent):
    """Whoever reads that mailbox is not the one who had named it, they say."""

    address: str


@dataclass(frozen=True, kw_only=True)
class CallBackPlanned(TicketEvent):
    call_back_id: int
    due_at: str
    called_number: str


@dataclass(frozen=True, kw_only=True)
class CallBackDue(TicketEvent):
    """Its time has come, or with `late` has gone by."""

    call_back_id: int
    called_number: str
    agent_id: int | None
    late: bool


@dataclass(frozen=True, kw_only=True)
class CallBackEnded(TicketEvent):
    call_back_id: int
    result: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PendingEvent(TicketEvent):
    """About a reply that is written and has not left. `author_id` wrote it."""

    pending_id: int
    author_id: int
    author: str


@dataclass(frozen=True, kw_only=True)
class ReplyScheduled(PendingEvent):
    goes_at: str


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(PendingEvent):
    reviewer_id: int | None
    reviewer: str
    question: str
    goes_at: str  # empty: as soon as it is approved


@dataclass(frozen=True, kw_only=True)
class ReplyApproved(PendingEvent):
    waited_seconds: int
    edited: bool
    goes_at: str


@dataclass(frozen=True, kw_only=True)
class ReplyReturned(PendingEvent):
    waited_seconds: int
    comment: str


@dataclass(frozen=True, kw_only=True)
class PendingReplyLeft(PendingEvent):
    message_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyCameBack(PendingEvent):
    """It did not go out, and its text is its author's draft again. `how` is a state, `reason` a code."""

    how: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FollowUpPlanned(TicketEvent):
    due_at: str
    note: str


@dataclass(frozen=True, kw_only=True)
class FollowUpDue(TicketEvent):
    note: str


class FollowUpEnded(TicketEvent): ...


class NoteAdded(TicketEvent): ...


class AutomaticStopped(TicketEvent):
    """So many messages came from one address at once that Heard says nothing by itself."""


@dataclass(frozen=True, kw_only=True)
class AutomaticUnfit(TicketEvent):
    """The gate stopped what Heard wanted to say by itself."""

    checks: list[str]
    codes: list[str]


@dataclass(frozen=True, kw_only=True)
class MessageReceived(MessageEvent):
    message: Message = field(compare=False, repr=False, metadata=AT_HAND)


@dataclass(frozen=True, kw_only=True)
class PastMessageReceived(MessageEvent):
    """It was read back as history when the inbox was connected. Nothing follows from it: no clock, no rule."""

    message: Message = field(compare=False, repr=False, metadata=AT_HAND)


class CallLogged(MessageEvent):
    """An agent wrote down a telephone call."""


class OwnMessageSeen(MessageEvent):
    """We answered in the network's own app."""


class MessageEdited(MessageEvent): ...


class MessageRemoved(MessageEvent): ...


@dataclass(frozen=True, kw_only=True)
class MessageAnswered(MessageEvent):
    """Answered elsewhere, says an agent."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageDismissed(MessageEvent):
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageLiked(MessageEvent):
    liked: bool


@dataclass(frozen=True, kw_only=True)
class MessageHidden(MessageEvent):
    hidden: bool
    by_network: bool = False
    said_at: str = ""  # the network's own time, where it was the network that told us


@dataclass(frozen=True, kw_only=True)
class MessageReposted(MessageEvent):
    reposted: bool


@dataclass(frozen=True, kw_only=True)
class MessageReacted(MessageEvent):
    name: str
    added: bool


@dataclass(frozen=True, kw_only=True)
class MessageQueued(MessageEvent):
    public: bool
    overridden: list[str]
    approved_by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class GateOverridden(MessageEvent):
    """Somebody sent a reply although the gate had found something. `findings` has check, code, weight and span
    of each; the words themselves stand in the message, where they can be erased."""

    findings: list[dict[str, str | int]]


class MessageCancelled(MessageEvent): ...


class MessageRetried(MessageEvent): ...


@dataclass(frozen=True, kw_only=True)
class CopyMissed(MessageEvent):
    """A letter went out, but not to everybody who was to get a copy."""

    address: str
    reason: str


class CopiesRetried(MessageEvent): ...


class MessageSent(MessageEvent): ...


class MessageDelivered(MessageEvent): ...


class MessageRead(MessageEvent): ...


@dataclass(frozen=True, kw_only=True)
class MessageFailed(MessageEvent):
    problem: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageUnconfirmed(MessageEvent):
    reason: str


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    """Something at the network that is nothing said: a referral, another app taking the thread."""

    name: str
    inbox_id: int
    address: str
