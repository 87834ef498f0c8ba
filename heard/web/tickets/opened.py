"""The right half of the screen: one ticket with all that was said, and the person behind it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet

from heard.chat.present import Present, visitor_of
from heard.contacts.models import Claim, Contact, Identity
from heard.contacts.zone import zone_of
from heard.env import env
from heard.following_up.rules import rules_for
from heard.following_up.switch import asks_again
from heard.inboxes.models import Inbox
from heard.products.models import Product
from heard.tickets.continue_elsewhere import connected_inboxes, email_inboxes
from heard.tickets.models import CallBack, Message, Presence, Priority, Resolution, State, Thread, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.status_link import status_link
from heard.tickets.timeline import questions as questions_of_timeline
from heard.tickets.timeline import timeline
from heard.voice.markets import as_cards, cards_of_workspace
from heard.voice.models import MarketCard
from heard.web.faces import Face, face
from heard.web.tickets.clock import Clock, clock
from heard.web.tickets.later import Later, later
from heard.web.tickets.market import Market, market_of
from heard.web.tickets.pending_shown import Pending, pending_of, pending_rows
from heard.web.tickets.said import Said, said
from heard.web.tickets.tongue import Tongue, tongue_of
from heard.web.tickets.tongue import questions as questions_of_tongue
from heard.web.tickets.ways import Way, ways
from heard.web.tickets.ways import questions as questions_of_ways
from heard.workspaces.models import Agent, Workspace
from heard.workspaces.prepared import Question, prepared

EARLIER = 5
TAKEN_PRIVATE = "TicketTakenPrivate"


@dataclass(frozen=True, slots=True)
class Choice:
    """A colleague to give the ticket to."""

    agent: Agent
    face: Face


@dataclass(frozen=True)
class Opened:
    ticket: Ticket
    face: Face
    clock: Clock | None
    entries: Sequence[Said]
    ways: Sequence[Way]
    colleagues: Sequence[Agent]
    identities: Sequence[Identity]
    earlier: Sequence[Ticket]
    presences: Sequence[Presence]
    visitor: Present | None
    agent: Agent
    now: datetime
    mailboxes: Sequence[Inbox]  # by which the case may go on
    call_backs: Sequence[CallBack]  # promised and not made yet
    claims: Sequence[Claim]  # addresses that the contact named and nobody confirmed
    tongue: Tongue
    pending: Sequence[Pending]  # replies that are written and have not left
    later: Later
    asks_again: bool | None  # by itself; None where no rule says so
    has_products: bool  # that one could name
    cards: Sequence[MarketCard]  # of countries

    resolutions = Resolution.choices
    priorities = Priority.choices

    @property
    def choices(self) -> list[Choice]:
        """The agent who asks stands first."""
        first = sorted(self.colleagues, key=lambda agent: agent.pk != self.agent.pk)
        return [Choice(agent, face(agent.name)) for agent in first]

    @property
    def reviewers(self) -> list[Agent]:
        """Whom the agent can ask to look a reply over."""
        return [one for one in self.colleagues if one.sends and one.pk != self.agent.pk]

    @property
    def assignee_face(self) -> Face | None:
        return face(self.ticket.assignee.name) if self.ticket.assignee else None

    @property
    def public_number(self) -> str:
        return public_number(self.agent.workspace, self.ticket.number)

    @property
    def status_link(self) -> str:
        return status_link(self.agent.workspace, self.ticket.number, public_url=env().public_url)

    @property
    def looking(self) -> list[Presence]:
        """The others who have it open now."""
        return [row for row in self.others if row.looking_until and row.looking_until > self.now]

    @property
    def writing(self) -> list[Presence]:
        return [row for row in self.others if row.writing_until and row.writing_until > self.now]

    @property
    def others(self) -> list[Presence]:
        return [row for row in self.presences if row.agent_id != self.agent.pk]

    @property
    def local_time(self) -> datetime | None:
        zone = self.later.zone
        return self.now.astimezone(zone) if zone else None

    @property
    def phone(self) -> str:
        """A number of theirs, as far as their addresses are numbers."""
        numbers = (row.address for row in self.identities if row.address.startswith("+"))
        return next(numbers, "")

    @property
    def permalink(self) -> str:
        """Where the conversation stands at its network."""
        links = [one.message.permalink for one in self.entries if one.message and one.message.permalink]
        return links[0] if links else ""

    @property
    def to_like(self) -> Message | None:
        """The newest message that can be liked and has not been."""
        newest = (one.message for one in reversed(self.entries) if one.can_like)
        return next((message for message in newest if message and not message.liked_at), None)

    @cached_property
    def market(self) -> Market | None:
        """Asked for by the composer alone."""
        return market_of(self.ticket, self.cards, agent=self.agent, zone=self.later.zone, now=self.now)

    @property
    def head_version(self) -> int:
        ticket = self.ticket
        shown = (
            *(ticket.state, ticket.snoozed_until, ticket.assignee_id, ticket.resolution, ticket.contact.name),
            *(ticket.waiting_since, ticket.language, self.permalink, self.to_like and self.to_like.pk),
            self.tongue.version,
        )
        return zlib.crc32(repr(shown).encode())

    @property
    def side_version(self) -> int:
        ticket = self.ticket
        identities = [(row.pk, row.name, row.picture) for row in self.identities]
        earlier = [(row.pk, row.state) for row in self.earlier]
        seen = [(row.agent_id, row.seen_at.replace(second=0, microsecond=0)) for row in self.others]
        there = (self.visitor.online, self.visitor.page_url, self.visitor.proved) if self.visitor else ()
        again = (ticket.follow_up_at, ticket.follow_up_note, ticket.follow_up_due, self.asks_again)
        promised = [(row.pk, row.at) for row in self.call_backs]
        claims = [(row.pk, row.code_until) for row in self.claims]
        shown = (ticket.tags, ticket.priority, ticket.contact_id, ticket.contact.name, identities, earlier)
        return zlib.crc32(repr((shown, seen, there, promised, claims, self.tongue.version, again)).encode())

    @property
    def taken_private(self) -> bool:
        """Did somebody answer in public that it goes on in private?"""
        return any(one.line is not None and one.line.kind == TAKEN_PRIVATE for one in self.entries)

    @property
    def is_snoozed(self) -> bool:
        return self.ticket.snoozed_until is not None

    @property
    def is_resolved(self) -> bool:
        return self.ticket.state == State.RESOLVED


def opened(
    ticket: Ticket,
    *,
    agent: Agent,
    now: datetime,
    mode: str = "",
    to: Message | None = None,
    via: Thread | None = None,
    usual: bool = False,
    announces: bool = False,
) -> Opened:
    identities = _identities(ticket.contact)
    workspace = cast("Any", _workspace(agent=agent)[0])
    zone = zone_of(ticket.contact, [row.address for row in identities])
    picture = next((row.picture for row in identities if row.picture), "")
    return Opened(
        ticket=ticket,
        face=face(ticket.contact.name, picture),
        clock=clock(ticket.waiting_since, now=now),
        entries=said(timeline(ticket)),
        ways=ways(ticket, agent=agent, now=now, mode=mode, to=to, via=via, usual=usual, announces=announces),
        colleagues=_colleagues(agent=agent),
        identities=identities,
        earlier=_earlier(agent=agent, contact=ticket.contact_id, besides=ticket.pk),
        visitor=visitor_of(ticket, now=now),
        presences=_presences(ticket=ticket.pk),
        agent=agent,
        now=now,
        mailboxes=email_inboxes(agent),
        call_backs=_call_backs(ticket),
        claims=_claims(contact=ticket.contact_id),
        tongue=tongue_of(ticket, agent=agent),
        pending=pending_of(ticket, agent=agent, zone=zone, now=now),
        later=later(zone, now=now),
        asks_again=asks_again(ticket),
        has_products=ticket.product_id is not None or workspace.has_products,
        cards=as_cards(workspace.cards),
    )


def questions(ticket: Ticket, agent: Agent) -> list[Question | None]:
    """What `opened` asks of every ticket, to be asked ahead."""
    contact, inbox = ticket.contact_id, ticket.inbox
    return [
        *questions_of_timeline(ticket),
        *questions_of_ways(ticket, agent),
        *questions_of_tongue(ticket, agent),
        _addresses.of(contact=contact),
        _claims.of(contact=contact),
        _earlier.of(agent=agent, contact=contact, besides=ticket.pk),
        _colleagues.of(agent=agent),
        _presences.of(ticket=ticket.pk),
        connected_inboxes.of(agent=agent),
        pending_rows.of(agent=agent, ticket=ticket.pk),
        rules_for.of(workspace=inbox.workspace_id, inbox=inbox.pk),
        _workspace.of(agent=agent),
    ]


@prepared
def _workspace(*, agent: Agent) -> QuerySet[Workspace]:
    """What the page has to know of it, in one question."""
    products = Exists(Product.objects.filter(workspace=OuterRef("pk")))
    here = Workspace.objects.filter(pk=agent.workspace_id).only("pk")
    return here.annotate(has_products=products, cards=cards_of_workspace())


def _call_backs(ticket: Ticket) -> list[CallBack]:
    if ticket.call_back_at is None:
        return []
    return list(ticket.call_backs.filter(result="").select_related("agent").order_by("at", "pk"))


def _identities(contact: Contact) -> list[Identity]:
    found = _addresses(contact=contact.pk)
    for one in found:
        one.contact = contact
    return found


@prepared
def _addresses(*, contact: int) -> QuerySet[Identity]:
    return Identity.objects.filter(contact=contact).select_related("inbox").order_by("pk")


@prepared
def _colleagues(*, agent: Agent) -> QuerySet[Agent]:
    return Agent.objects.visible_to(agent).filter(is_active=True).order_by("name", "pk")


@prepared
def _presences(*, ticket: int) -> QuerySet[Presence]:
    return Presence.objects.filter(ticket=ticket).select_related("agent").order_by("-seen_at")


@prepared
def _claims(*, contact: int) -> QuerySet[Claim]:
    open_ = Claim.objects.filter(claimant__contact=contact, proved_at=None)
    return open_.select_related("identity__inbox").order_by("pk")


@prepared
def _earlier(*, agent: Agent, contact: int, besides: int) -> QuerySet[Ticket]:
    theirs = Ticket.objects.visible_to(agent).filter(contact=contact).exclude(pk=besides)
    return theirs.select_related("inbox").order_by("-id")[:EARLIER]
