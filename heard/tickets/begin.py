"""We write first: a letter of ours opens a ticket."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from heard.channels.contract import Person
from heard.contacts.identify import identify
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.tickets.about import about
from heard.tickets.continue_elsewhere import BadAddress, CannotContinue, sends_mail
from heard.tickets.events import TicketOpened
from heard.tickets.mail_address import mail_address
from heard.tickets.models import Kind, Message, State, Thread, Ticket
from heard.tickets.reply import reply
from heard.workspaces.create import take_numbers
from heard.workspaces.models import Agent

__all__ = ["BadAddress", "CannotContinue", "SubjectNeeded", "begin"]

LONGEST_SUBJECT = 300


class SubjectNeeded(Exception):
    """Whoever gets a letter unasked has to see what it is about."""


@transaction.atomic
def begin(
    inbox: Inbox,
    *,
    address: str,
    subject: str,
    text: str,
    by: Agent,
    now: datetime,
    name: str = "",
    adds: Collection[str] = (),
    files: Sequence[int] = (),
    overrides: Collection[str] = (),
    warned: bool = False,
) -> Message:
    """A ticket that waits for the other side, with our letter in it.

    `adds` get a copy. Raises BadAddress, SubjectNeeded, CannotContinue, and whatever `reply` raises: then
    nothing is left behind.
    """
    address, subject = mail_address(address), " ".join(subject.split())[:LONGEST_SUBJECT]
    if inbox.workspace_id != by.workspace_id or not sends_mail(inbox) or address == inbox.account:
        raise CannotContinue
    if not subject:
        raise SubjectNeeded
    thread = _thread(inbox, address, name, subject, by=by, now=now)
    assert thread.ticket is not None
    return reply(
        thread.ticket,
        text=text,
        by=by,
        now=now,
        via=thread,
        adds=adds,
        files=files,
        overrides=overrides,
        warned=warned,
    )


def _thread(inbox: Inbox, address: str, name: str, subject: str, *, by: Agent, now: datetime) -> Thread:
    identity = identify(inbox, {address: Person(address, name=name.strip())}, now=now)[address]
    [number] = take_numbers(inbox.workspace_id, count=1)
    ticket = Ticket.objects.create(
        workspace_id=inbox.workspace_id,
        number=number,
        inbox=inbox,
        contact=identity.contact,
        kind=Kind.EMAIL,
        state=State.ANSWERED,
        assignee=by,
        team_id=inbox.team_id,
        language=identity.contact.language or inbox.language,
        subject=subject,
        preview=subject,
        last_message_at=now,
        created_at=now,
    )
    publish(TicketOpened(**about(ticket, now=now, by=by), ticket=ticket))
    return Thread.objects.create(
        workspace_id=inbox.workspace_id,
        inbox=inbox,
        kind=Kind.EMAIL,
        key=f"ticket:{number}",
        ticket=ticket,
        identity=identity,
    )
