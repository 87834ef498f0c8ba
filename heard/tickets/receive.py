"""Customers wrote: every message is stored once, in the right ticket, and waits for an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from heard.channels.contract import MessageIn, Person
from heard.channels.registry import channel
from heard.contacts.hear import Hearing
from heard.contacts.identify import ANONYMOUS, identify
from heard.contacts.models import Contact, Identity
from heard.events.publishing import Event, publish
from heard.inboxes.models import Inbox
from heard.language.detect import Detected, detect
from heard.many import among, insert_many, made, update_many
from heard.tickets.about import about, about_message
from heard.tickets.events import (
    MessageReceived,
    PastMessageReceived,
    TicketOpened,
    TicketReferenced,
    TicketReopened,
)
from heard.tickets.files import save_attachments
from heard.tickets.late import end_what_was_answered
from heard.tickets.letters import copies_of, mailboxes_of, place
from heard.tickets.models import Message, Outcome, Post, State, Thread, Ticket
from heard.tickets.numbers import numbers_in
from heard.tickets.posts import remember_posts
from heard.tickets.preview import preview_of, show_newest
from heard.tickets.readable import readable
from heard.tickets.rehome import rehome
from heard.tickets.settle import HISTORY
from heard.tickets.threads import continues, follow_people, lock_threads, root_keys
from heard.workspaces.create import take_numbers
from heard.workspaces.prepared import Some, prepared

CHANGED_BY_A_MESSAGE = (
    "state",
    "resolution",
    "resolution_note",
    "resolved_at",
    "snoozed_until",
    "language",
    "waiting_since",
    "last_message_at",
    "preview",
)


@dataclass
class Received:
    """What became of a batch. `known` are external ids that we had already."""

    messages: list[Message] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


@transaction.atomic
def receive(
    inbox: Inbox, facts: Sequence[MessageIn], *, now: datetime, past: Collection[str] = ()
) -> Received:
    """Many messages of one inbox in one transaction, in the order in which they were written.

    The same message in two calls, or twice in this batch, is one message. Costs a dozen queries,
    whatever the size of the batch. Messages whose external id is in `past` are history: they stand
    in their tickets, and nobody waits for an answer to them.
    """
    known = _known(inbox, facts)
    fresh = {fact.external_id: fact for fact in facts if fact.external_id not in known}
    if not fresh:
        return Received(known=known)
    in_order = sorted(fresh.values(), key=lambda fact: (fact.at, fact.external_id))
    arrival = _Arrival(inbox, in_order, now, past)
    messages = arrival.store()
    return Received(messages=messages, known=known)


def _known(inbox: Inbox, facts: Sequence[MessageIn]) -> set[str]:
    return set(_there(inbox=inbox.pk, ids=Some(fact.external_id for fact in facts)))


@prepared
def _there(*, inbox: int, ids: Some) -> QuerySet[Message, str]:
    known = Message.objects.filter(among("external_id", ids), inbox=inbox)
    return known.exclude(external_id="").values_list("external_id", flat=True)  # in the words of its index


@prepared
def _orphans(*, inbox: int, parents: Some) -> QuerySet[Message]:
    waiting = Message.objects.filter(among("parent_external_id", parents), inbox=inbox, parent=None)
    return waiting.exclude(parent_external_id="").only("id", "parent_external_id")


class _Arrival:
    """The working set of one batch: what is already there, then what is new, then written at once."""

    def __init__(
        self, inbox: Inbox, facts: Sequence[MessageIn], now: datetime, past: Collection[str]
    ) -> None:
        self.inbox, self.facts, self.now, self.past = inbox, facts, now, past
        self.workspace = inbox.workspace
        self.authors = {fact.external_id: _author_of(fact) for fact in facts}
        self.languages = {fact.external_id: detect(fact.text) for fact in facts}
        self.identities = self._identities()
        self.mailboxes = mailboxes_of(inbox.workspace_id) if any(fact.copies for fact in facts) else {}
        self.posts = remember_posts(inbox, (fact.post for fact in facts if fact.post))
        follow_people(inbox, self.identities.values())
        self.letters = place(inbox, facts, {one: author.address for one, author in self.authors.items()})
        self.roots = root_keys(inbox, facts) | self._called_otherwise() | self.letters.keys
        self.threads = lock_threads(inbox, {self.roots[fact.external_id]: fact.kind.value for fact in facts})
        self.opened: list[Ticket] = []
        self.recalled: set[int] = set()  # by id(): tickets that history opened
        self.touched: dict[int, Ticket] = {}  # by id() of the row object: new ones have no key yet
        self.reopened: list[Ticket] = []
        self.references: list[tuple[Ticket, int]] = []
        self.moved: list[Thread] = []
        self.hearing = Hearing()
        self.overtaken: list[Ticket] = []  # a later word, perhaps our own, was there before

    def _identities(self) -> dict[str, Identity]:
        people: dict[str, Person] = {}
        for person in self.authors.values():
            if person.address not in people or person.name:
                people[person.address] = person
        return identify(self.inbox, people, now=self.now)

    def _called_otherwise(self) -> dict[str, str]:
        """Conversations of people whom we know by another address than the one they wrote from."""
        return {
            fact.external_id: self._identity(fact).address
            for fact in self.facts
            if fact.thread == self.authors[fact.external_id].address
        }

    def store(self) -> list[Message]:
        places = [(fact, self._ticket_for(fact)) for fact in self.facts]
        self._save_tickets()
        parents = self._parents()
        messages = [self._message(fact, ticket, parents) for fact, ticket in places]
        insert_many(messages)
        self._adopt_orphans(messages)
        save_attachments(zip(messages, self.facts, strict=True))
        self._note_last_words()
        self._show_newest()
        # A letter's author chooses its id, so an id proves nothing of where a thread belongs.
        rehome(
            self.inbox, [one for one in messages if one.external_id not in self.letters.keys], now=self.now
        )
        end_what_was_answered(messages, now=self.now)
        publish(*self._events(messages))
        return messages

    # ── which ticket ──

    def _ticket_for(self, fact: MessageIn) -> Ticket:
        thread = self.threads[self.roots[fact.external_id]]
        ticket = thread.ticket
        self._hear(fact)
        within = timedelta(hours=self.workspace.reopen_within_hours)
        if ticket is None or not continues(ticket, kind=fact.kind, at=fact.at, reopen_within=within):
            ticket = self._open(fact, thread, follows=ticket or self.letters.beside.get(fact.external_id))
        else:
            self._go_on(fact, ticket)
        self._quote(fact, ticket)
        return ticket

    def _open(self, fact: MessageIn, thread: Thread, *, follows: Ticket | None) -> Ticket:
        identity = self._identity(fact)
        past = fact.external_id in self.past
        ticket = made(
            Ticket,
            workspace_id=self.inbox.workspace_id,
            inbox=self.inbox,
            contact=identity.contact,
            kind=fact.kind.value,
            post=self._post(fact),
            state=State.ANSWERED if past else State.OPEN,
            team_id=self.inbox.team_id,
            language=self._spoken_in(fact, identity.contact),
            subject=readable(fact.subject)[:300],
            preview=preview_of(fact.text),
            waiting_since=None if past else fact.at,
            last_message_at=fact.at,
            follows=follows,
            created_at=self.now,
        )
        thread.ticket = ticket
        self.opened.append(ticket)
        if past:
            self.recalled.add(id(ticket))
        self.moved.append(thread)
        return ticket

    def _go_on(self, fact: MessageIn, ticket: Ticket) -> None:
        if fact.at >= ticket.last_message_at:
            ticket.last_message_at = fact.at
            ticket.preview = preview_of(fact.text)
        else:
            self.overtaken.append(ticket)
        if not ticket.language:
            ticket.language = _certain(self.languages[fact.external_id])
        if ticket.is_spam or fact.external_id in self.past:
            self.touched[id(ticket)] = ticket
            return
        if ticket.state != State.OPEN:
            self.reopened.append(ticket)
        ticket.state, ticket.resolution, ticket.resolution_note = State.OPEN, "", ""
        ticket.resolved_at = ticket.snoozed_until = None
        ticket.waiting_since = min(fact.at, ticket.waiting_since or fact.at)
        self.touched[id(ticket)] = ticket

    def _hear(self, fact: MessageIn) -> None:
        found = self.languages[fact.external_id]
        if found.certain:
            self.hearing.hear(self._identity(fact).contact, found.language)

    def _spoken_in(self, fact: MessageIn, contact: Contact) -> str:
        """What a person said of them, else what they wrote in, else what we know of them or of where it is."""
        contact = self.hearing.as_heard(contact)
        said = contact.language if contact.language_from == Contact.Source.SAID else ""
        written = _certain(self.languages[fact.external_id])
        return said or written or contact.language or self.inbox.language

    def _quote(self, fact: MessageIn, ticket: Ticket) -> None:
        for number in dict.fromkeys(numbers_in(f"{fact.subject}\n{fact.text}", self.workspace)):
            self.references.append((ticket, number))
        beside = self.letters.beside.get(fact.external_id)
        if beside is not None and (ticket, beside.number) not in self.references:
            self.references.append((ticket, beside.number))

    def _save_tickets(self) -> None:
        numbers = take_numbers(self.inbox.workspace_id, count=len(self.opened)) if self.opened else []
        for ticket, number in zip(self.opened, numbers, strict=True):
            ticket.number = number
        insert_many(self.opened)
        opened = {id(ticket) for ticket in self.opened}
        changed = [ticket for key, ticket in self.touched.items() if key not in opened]
        update_many(changed, CHANGED_BY_A_MESSAGE)
        for thread in self.moved:
            thread.ticket = thread.ticket  # again, for by now its ticket has a key
        update_many(self.moved, ["ticket"])
        self.hearing.save()

    # ── the messages ──

    def _message(self, fact: MessageIn, ticket: Ticket, parents: dict[str, int]) -> Message:
        return made(
            Message,
            workspace_id=self.inbox.workspace_id,
            ticket=ticket,
            thread=self.threads[self.roots[fact.external_id]],
            inbox=self.inbox,
            direction=Message.Direction.IN,
            kind=fact.kind.value,
            external_id=fact.external_id,
            author=self._identity(fact),
            parent_id=parents.get(fact.parent),
            parent_external_id=fact.parent,
            text=readable(fact.text),
            language=self.languages[fact.external_id].language,
            language_certain=self.languages[fact.external_id].certain,
            public=fact.public,
            at=fact.at,
            received_at=self.now,
            subject=readable(fact.subject)[:500],
            copies=copies_of(fact, self.mailboxes),
            automatic=fact.automatic,
            verified=fact.verified,
            permalink=fact.permalink[:2000],
            stars=fact.stars,
            recommends=fact.recommends,
            remark=fact.note[:300],
            unanswerable=fact.unanswerable[:300],
            outcome=Outcome.DISMISSED if (ended := self._ended(fact, ticket)) else Outcome.OPEN,
            outcome_reason=ended,
            outcome_at=self.now if ended else None,
        )

    def _ended(self, fact: MessageIn, ticket: Ticket) -> str:
        """Why nobody waits for an answer to it; empty for what waits."""
        if fact.external_id in self.past:
            return HISTORY
        return "spam" if ticket.is_spam else ""

    def _parents(self) -> dict[str, int]:
        wanted = {fact.parent for fact in self.facts if fact.parent}
        if not wanted:
            return {}
        rows = Message.objects.filter(among("external_id", wanted), inbox=self.inbox)
        return dict(rows.values_list("external_id", "id"))

    def _adopt_orphans(self, messages: Sequence[Message]) -> None:
        """A reply may come before what it answers."""
        by_id = {message.external_id: message for message in messages}
        adopted = _orphans(inbox=self.inbox.pk, parents=Some(by_id))
        for orphan in adopted:
            orphan.parent = by_id[orphan.parent_external_id]
        update_many(adopted, ["parent"])

    def _note_last_words(self) -> None:
        latest: dict[int, Identity] = {}
        window = channel(self.inbox.channel).abilities.reply_within
        for fact in self.facts:
            if window and fact.public:
                continue  # only what is said in private opens the window for private answers
            identity = self._identity(fact)
            if identity.last_wrote_at is None or fact.at > identity.last_wrote_at:
                identity.last_wrote_at = fact.at
                latest[identity.pk] = identity
        update_many(list(latest.values()), ["last_wrote_at"])

    def _show_newest(self) -> None:
        if not self.overtaken:
            return
        show_newest(set(self.overtaken))

    # ── what happened ──

    def _events(self, messages: Sequence[Message]) -> list[Event]:
        return [
            *(
                TicketOpened(**about(ticket, now=self.now), ticket=ticket)
                for ticket in self.opened
                if id(ticket) not in self.recalled
            ),
            *(TicketReopened(**about(ticket, now=self.now)) for ticket in self.reopened),
            *(
                TicketReferenced(**about(ticket, now=self.now), referred=number)
                for ticket, number in self.references
                if number != ticket.number
            ),
            *(
                (PastMessageReceived if message.external_id in self.past else MessageReceived)(
                    **about_message(message, now=self.now), message=message
                )
                for message in messages
            ),
        ]

    def _identity(self, fact: MessageIn) -> Identity:
        return self.identities[self.authors[fact.external_id].address]

    def _post(self, fact: MessageIn) -> Post | None:
        return self.posts.get(fact.post.external_id) if fact.post else None


def _author_of(fact: MessageIn) -> Person:
    return fact.author or Person(address=f"{ANONYMOUS}{fact.external_id}")


def _certain(found: Detected) -> str:
    return found.language if found.certain else ""
