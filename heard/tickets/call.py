"""Telephone calls, as agents write them down: who called whom, what was said, and how it ended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction

from heard.channels.contract import Person
from heard.contacts.identify import identify
from heard.contacts.models import Identity
from heard.contacts.numbers import e164
from heard.events.publishing import Event, publish
from heard.tickets.about import about, about_message
from heard.tickets.continue_elsewhere import bind_phone
from heard.tickets.events import CallLogged, MessageReceived, TicketOpened, TicketReopened
from heard.tickets.locked import locked
from heard.tickets.models import Call, Delivery, Kind, Message, Outcome, State, Thread, Ticket
from heard.tickets.phone_inbox import phone_inbox
from heard.tickets.readable import readable
from heard.tickets.settle import close_waiting, settle
from heard.workspaces.create import take_numbers
from heard.workspaces.models import Agent

Result = Call.Result
# Clocks differ a little; a call of tomorrow was not made.
AHEAD = timedelta(minutes=5)
BY_TELEPHONE = "by telephone"


class NotYet(Exception):
    """A call is written down after it was made."""


class WordsNeeded(Exception):
    """A call in which somebody was reached needs a word on what was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the form of a call asks for beside what was said."""

    result: Result
    minutes: int | None = None
    reporter: str = ""
    came_by: str = ""
    issue: str = ""
    sub_issue: str = ""
    severity: str = ""
    people_affected: int | None = None
    safety_risk: bool | None = None
    steps_tried: str = ""


@transaction.atomic
def open_by_call(
    *,
    number: str,
    incoming: bool,
    at: datetime,
    text: str,
    report: Report,
    by: Agent,
    now: datetime,
    name: str = "",
    waits: bool = False,
) -> Message:
    """A new ticket from a call; the contact is found by the number, or made. Raises like `log_call`."""
    number = e164(number, workspace=by.workspace)
    _require(at, text, report, now=now)
    identity = caller(number, by=by, now=now, name=name or report.reporter)
    [ticket_number] = take_numbers(by.workspace_id, count=1)
    ticket = Ticket.objects.create(
        workspace_id=by.workspace_id,
        number=ticket_number,
        inbox=identity.inbox,
        contact=identity.contact,
        kind=Kind.CALL,
        state=State.ANSWERED,
        team_id=identity.inbox.team_id,
        language=identity.contact.language or identity.inbox.language,
        subject=report.issue,
        last_message_at=at,
        created_at=now,
    )
    publish(TicketOpened(**about(ticket, now=now, by=by), ticket=ticket))
    thread = bind_phone(ticket, number, by=by, now=now, identity=identity)
    return _write(ticket, thread, incoming, at, text, report, by=by, now=now, waits=waits, answers=False)


@transaction.atomic
def log_call(
    ticket: Ticket,
    *,
    number: str,
    incoming: bool,
    at: datetime,
    text: str,
    report: Report,
    by: Agent,
    now: datetime,
    waits: bool = False,
    answers: bool = False,
) -> Message:
    """A call about a ticket that is there.

    `waits`: what was asked in it still waits for an answer of ours. `answers`: it answered all that waited
    in the ticket before. Raises NoNumber, NotYet or WordsNeeded.
    """
    number = e164(number, workspace=ticket.workspace)
    _require(at, text, report, now=now)
    thread = bind_phone(ticket, number, by=by, now=now)
    return _write(
        locked(ticket), thread, incoming, at, text, report, by=by, now=now, waits=waits, answers=answers
    )


def caller(number: str, *, by: Agent, now: datetime, name: str = "") -> Identity:
    """Whoever we know by this number, else somebody new. `number` as E.164."""
    inbox = phone_inbox(by.workspace, now=now)
    return identify(inbox, {number: Person(number, name=name)}, now=now)[number]


def _require(at: datetime, text: str, report: Report, *, now: datetime) -> None:
    if at > now + AHEAD:
        raise NotYet
    if report.result == Result.REACHED and not text.strip():
        raise WordsNeeded


def _write(
    ticket: Ticket,
    thread: Thread,
    incoming: bool,
    at: datetime,
    text: str,
    report: Report,
    *,
    by: Agent,
    now: datetime,
    waits: bool,
    answers: bool,
) -> Message:
    was_open = ticket.is_open
    waits = incoming and waits
    message = _message(ticket, thread, incoming, at, text, by=by, now=now, waits=waits)
    Call.objects.create(message=message, workspace_id=ticket.workspace_id, **asdict(report))
    if answers:
        before = ticket.messages.filter(direction=Message.Direction.IN).exclude(pk=message.pk)
        close_waiting(before, Outcome.ANSWERED, by=by, now=now, reason=BY_TELEPHONE)
    ticket.last_message_at = max(at, ticket.last_message_at)
    ticket.save(update_fields=["last_message_at"])
    settle(ticket)
    publish(*_events(message, by=by, now=now, waits=waits, reopened=waits and not was_open))
    return message


def _message(
    ticket: Ticket,
    thread: Thread,
    incoming: bool,
    at: datetime,
    text: str,
    *,
    by: Agent,
    now: datetime,
    waits: bool,
) -> Message:
    heard = {
        "direction": Message.Direction.IN,
        "outcome": Outcome.OPEN if waits else Outcome.ANSWERED,
        "outcome_reason": "" if waits else BY_TELEPHONE,
        "outcome_by": None if waits else by,
        "outcome_at": None if waits else now,
    }
    said = {"direction": Message.Direction.OUT, "delivery": Delivery.SENT, "sent_at": at}
    return Message.objects.create(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        thread=thread,
        inbox=thread.inbox,
        kind=Kind.CALL,
        author=thread.identity,
        agent=by,
        text=readable(text.strip()),
        public=False,
        at=at,
        received_at=now,
        **(heard if incoming else said),
    )


def _events(message: Message, *, by: Agent, now: datetime, waits: bool, reopened: bool) -> list[Event]:
    logged: list[Event] = [CallLogged(**about_message(message, now=now, by=by))]
    if reopened and message.ticket.messages.exclude(pk=message.pk).exists():
        logged.append(TicketReopened(**about(message.ticket, now=now, by=by)))
    if waits:
        # Somebody waits for us, as after any message: clocks and rules are to know.
        logged.append(MessageReceived(**about_message(message, now=now), message=message))
    return logged
