"""The same case goes on by e-mail or by telephone: another thread runs in the same ticket."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from heard.channels import contract
from heard.contacts.claim import claim
from heard.contacts.models import Claim, Identity
from heard.contacts.numbers import NoNumber, e164
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.tickets.about import about
from heard.tickets.call_back import plan_call_back
from heard.tickets.events import TicketContinued
from heard.tickets.locked import locked
from heard.tickets.mail_address import BadAddress, mail_address
from heard.tickets.models import CallBack, Kind, Message, Thread, Ticket
from heard.tickets.phone_inbox import phone_inbox
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

__all__ = ["BadAddress", "CannotContinue", "NoNumber", "continue_by_email", "continue_by_phone"]


class CannotContinue(Exception):
    """No mail leaves by that inbox, or nobody is there who could be written to."""


@transaction.atomic
def continue_by_email(
    ticket: Ticket,
    *,
    address: str,
    inbox: Inbox,
    by: Agent | None,
    now: datetime,
    verified: bool = False,
    how: Claim.How | None = None,
) -> Thread:
    """A thread by e-mail, bound to this ticket. Nothing is sent; the same call again gives the same thread.

    Without `verified` the address is only claimed: it is written to, and belongs to nobody yet. `how` says
    how we know of it. Raises BadAddress or CannotContinue.
    """
    address = mail_address(address)
    if inbox.workspace_id != ticket.workspace_id or not sends_mail(inbox):
        raise CannotContinue
    how = how or (Claim.How.SIGNED if verified else Claim.How.SAID if by else Claim.How.GIVEN)
    return _bind(ticket, inbox, Kind.EMAIL, address, how=how, by=by, now=now)


@transaction.atomic
def continue_by_phone(
    ticket: Ticket,
    *,
    number: str,
    at: datetime,
    by: Agent | None,
    now: datetime,
    note: str = "",
    agent: Agent | None = None,
) -> CallBack:
    """We call back at `at`. Raises NoNumber, CannotContinue, or InThePast of `call_back`."""
    number = e164(number, workspace=ticket.workspace)
    thread = bind_phone(ticket, number, by=by, now=now)
    return plan_call_back(thread, ticket=ticket, number=number, at=at, note=note, agent=agent, by=by, now=now)


def bind_phone(
    ticket: Ticket, number: str, *, by: Agent | None, now: datetime, identity: Identity | None = None
) -> Thread:
    """The thread of calls with this number (as E.164). With `identity` it is the ticket's own contact.

    Raises CannotContinue.
    """
    inbox = phone_inbox(ticket.workspace, now=now)
    how = Claim.How.SAID if by else Claim.How.GIVEN
    return _bind(ticket, inbox, Kind.CALL, number, how=how, by=by, now=now, identity=identity)


def email_inboxes(agent: Agent) -> list[Inbox]:
    """Those by which a case can go on."""
    return [inbox for inbox in connected_inboxes(agent=agent) if sends_mail(inbox)]


@prepared
def connected_inboxes(*, agent: Agent) -> QuerySet[Inbox]:
    return Inbox.objects.visible_to(agent).exclude(state=Inbox.State.DISCONNECTED).order_by("name", "pk")


def sends_mail(inbox: Inbox) -> bool:
    there = inbox.state != Inbox.State.DISCONNECTED
    return there and contract.Kind.EMAIL in inbox.abilities.replies


def _bind(
    ticket: Ticket,
    inbox: Inbox,
    kind: Kind,
    address: str,
    *,
    how: Claim.How,
    by: Agent | None,
    now: datetime,
    identity: Identity | None = None,
) -> Thread:
    identity = identity or _own(ticket, inbox, address)
    if identity is None:
        claimant = claimant_of(ticket)
        if claimant is None:
            raise CannotContinue
        identity = claim(claimant, inbox=inbox, address=address, how=how, by=by, now=now).identity
    ticket = locked(ticket)
    known = (
        Thread.objects.filter(ticket=ticket, inbox=inbox, identity=identity)
        .select_related("inbox", "identity")
        .first()
    )
    if known is not None:
        return known
    thread, made = Thread.objects.get_or_create(
        inbox=inbox,
        key=_key(ticket, address),
        defaults={
            "workspace_id": ticket.workspace_id,
            "kind": kind,
            "ticket": ticket,
            "identity": identity,
        },
    )
    if made and inbox.pk != ticket.inbox_id:
        publish(
            TicketContinued(
                **about(ticket, now=now, by=by),
                thread_id=thread.pk,
                way=kind.value,
                address=address,
                proved=identity.proof != Identity.Proof.CLAIMED,
            )
        )
    return thread


def _own(ticket: Ticket, inbox: Inbox, address: str) -> Identity | None:
    """The contact writes from there, or was called there, already: nobody has to claim it."""
    theirs = Identity.objects.filter(contact=ticket.contact_id, inbox=inbox, address=address)
    return theirs.exclude(proof=Identity.Proof.CLAIMED).select_related("contact", "inbox").first()


def claimant_of(ticket: Ticket) -> Identity | None:
    """Who says that the address is theirs: whoever of this contact spoke last here."""
    said = ticket.messages.filter(
        direction=Message.Direction.IN, author__contact=ticket.contact_id
    ).select_related("author__contact")
    newest = said.defer("search").order_by("-at", "-id").first()
    if newest is not None:
        return newest.author
    return ticket.contact.identities.select_related("contact").order_by("id").first()


def _key(ticket: Ticket, address: str) -> str:
    """Its own: no network hands it over, so no other conversation can be taken for it."""
    return f"ticket:{ticket.number}:{hashlib.sha256(address.encode()).hexdigest()[:16]}"
