"""Letters name what they answer. Into which conversation does one belong, and may its author be there?

The evidence, the strongest first: a mark of ours that proves itself, the id of a letter that we know, a ticket's
number with its check part in the subject. None of it is a secret that could not be passed on, so a letter joins
a conversation only when its author is in it already. Otherwise it opens a ticket of its own beside the old one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from heard.channels.contract import MessageIn, Original, Person
from heard.channels.registry import CHANNELS, channel
from heard.inboxes.models import Inbox
from heard.tickets.marks import proved
from heard.tickets.models import Message, Thread, Ticket
from heard.tickets.numbers import numbers_in, public_number

MOST_REFERS = 50
LONGEST_ORIGINAL = 20_000


@dataclass
class Placed:
    """External id → key of the thread; and, for letters that were kept out, the ticket they speak of."""

    keys: dict[str, str] = field(default_factory=dict)
    beside: dict[str, Ticket] = field(default_factory=dict)


def place(inbox: Inbox, facts: Sequence[MessageIn], authors: Mapping[str, str]) -> Placed:
    """For the letters among the facts, in their order. `authors`: external id → address."""
    kinds = channel(inbox.channel).abilities.letters
    letters = [fact for fact in facts if fact.kind in kinds]
    if not letters:
        return Placed()
    known = _Known(inbox, letters)
    placed = Placed()
    for fact in letters:
        address = authors[fact.external_id]
        key = next((key for key in known.named_by(fact) if address in known.people[key]), None)
        if key is None:
            key = _own_key(fact, address)
            beside = next((known.tickets[key] for key in known.named_by(fact) if key in known.tickets), None)
            if beside is not None:
                placed.beside[fact.external_id] = beside
        placed.keys[fact.external_id] = key
        known.add(fact, key, address)
    return placed


def said_before(message: Message) -> list[str]:
    """The ids of the conversation up to a letter of ours, the oldest first, what it answers last."""
    before = Message.objects.filter(thread=message.thread_id, received_at__lte=message.received_at)
    rows = before.exclude(pk=message.pk).exclude(external_id="").order_by("-at", "-id")
    ids = list(rows.values_list("external_id", flat=True)[:MOST_REFERS])[::-1]
    answered = message.parent_external_id
    return [*(one for one in ids if one != answered), answered] if answered else ids


def subject_of(ticket: Ticket) -> str:
    """Of our answer: theirs, and the number that they can give us by telephone."""
    number = f"[{public_number(ticket.workspace, ticket.number)}]"
    subject = " ".join(ticket.subject.split())
    if not subject.lower().startswith("re:"):
        subject = f"Re: {subject}".strip()
    return subject if number in subject else f"{subject} {number}"


def original_of(message: Message) -> Original | None:
    """What a letter of ours answers, to be repeated below it. Only of the same conversation."""
    asked = message.parent
    if asked is None or asked.thread_id != message.thread_id or asked.removed_at or not asked.text.strip():
        return None
    zone = ZoneInfo(message.workspace.time_zone)
    with override(message.ticket.language or message.inbox.language or message.workspace.language):
        when = date_format(asked.at.astimezone(zone), "SHORT_DATETIME_FORMAT")
        said = _("On %(date)s, %(name)s wrote:") % {"date": when, "name": asked.author or asked.inbox.name}
    return Original(" ".join(said.split()), asked.text[:LONGEST_ORIGINAL])


def everybody_else(message: Message) -> list[Person]:
    """Who else got a letter: whom an answer to all goes to, besides its author and mailboxes of ours."""
    if not message.copies:
        return []
    ours = mailboxes_of(message.workspace_id)
    author = message.author.address.lower() if message.author else ""
    return [
        Person(one["address"], name=one["name"])
        for one in message.copies
        if one["address"].lower() != author and mailbox_at(one["address"], ours) is None
    ]


def copies_of(fact: MessageIn, ours: Mapping[str, Inbox]) -> list[dict[str, Any]]:
    """As a message keeps them. Mailboxes of ours are told apart from people."""
    return [
        {"address": one.address, "name": one.name} | ({"ours": True} if mailbox_at(one.address, ours) else {})
        for one in fact.copies
    ]


def mailboxes_of(workspace_id: int) -> dict[str, Inbox]:
    """Where letters to us come in, by address."""
    slugs = [slug for slug, network in CHANNELS.items() if network.abilities.letters]
    rows = Inbox.objects.filter(workspace=workspace_id, channel__in=slugs).select_related("workspace")
    return {one.account.lower(): one for one in rows.order_by("-pk")}


def mailbox_at(address: str, ours: Mapping[str, Inbox]) -> Inbox | None:
    """Also by an address with a plus, which many mailboxes take as their own."""
    address = address.lower()
    local, _at, domain = address.rpartition("@")
    return ours.get(address) or ours.get(f"{local.partition('+')[0]}@{domain}")


def _own_key(fact: MessageIn, address: str) -> str:
    """The same for all letters of one person in one exchange, whichever of them comes first."""
    told = f"{fact.thread}\n{address}"
    return f"letter {hashlib.sha256(told.encode(errors='replace')).hexdigest()[:40]}"


class _Known:
    """Which conversations the letters of a batch may mean, and who is in them."""

    def __init__(self, inbox: Inbox, letters: Sequence[MessageIn]) -> None:
        self.inbox, self.workspace = inbox, inbox.workspace
        self.mailboxes = mailboxes_of(inbox.workspace_id) if any(one.copies for one in letters) else {}
        self.by_id: dict[str, str] = {}  # external id → thread's key
        self.by_pk: dict[int, str] = {}
        self.by_number: dict[int, list[str]] = defaultdict(list)
        self.tickets: dict[str, Ticket] = {}
        self.people: dict[str, set[str]] = defaultdict(set)
        self._find(letters)

    def named_by(self, fact: MessageIn) -> list[str]:
        """Keys of threads, the strongest evidence first."""
        marked = [self.by_pk[pk] for pk in proved(fact.marks, self.workspace) if pk in self.by_pk]
        named = [self.by_id[one] for one in fact.refers[:MOST_REFERS] if one in self.by_id]
        numbers = numbers_in(fact.subject, self.workspace)
        numbered = [key for number in numbers for key in self.by_number.get(number, ())]
        return list(dict.fromkeys([*marked, *named, *numbered]))

    def add(self, fact: MessageIn, key: str, address: str) -> None:
        self.by_id[fact.external_id] = key
        self.people[key].add(address)
        if fact.verified is not False:
            copies = copies_of(fact, self.mailboxes)
            self.people[key] |= {one["address"].lower() for one in copies if "ours" not in one}

    def _find(self, letters: Sequence[MessageIn]) -> None:
        refers = {one for fact in letters for one in fact.refers[:MOST_REFERS]}
        marked = {pk for fact in letters for pk in proved(fact.marks, self.workspace)}
        numbers = {number for fact in letters for number in numbers_in(fact.subject, self.workspace)}
        of_inbox = Message.objects.filter(inbox=self.inbox)
        self.by_id = dict(of_inbox.filter(external_id__in=refers).values_list("external_id", "thread__key"))
        named = Q(pk__in=marked) | Q(key__in=set(self.by_id.values())) | Q(ticket__number__in=numbers)
        threads = Thread.objects.filter(named, workspace=self.workspace).select_related("ticket__contact")
        for thread in threads:
            self._note(thread)
        self._find_people([thread for thread in threads if thread.inbox_id == self.inbox.pk])

    def _note(self, thread: Thread) -> None:
        """Of other inboxes only the tickets: their letters are not ours to join."""
        if thread.ticket is not None:
            self.tickets[thread.key] = thread.ticket
            self.by_number[thread.ticket.number].append(thread.key)
        self.by_pk[thread.pk] = thread.key

    def _find_people(self, threads: Iterable[Thread]) -> None:
        """Who wrote, whom we wrote to, and who got a copy by the word of somebody who is proved."""
        keys = {thread.pk: thread.key for thread in threads}
        rows = Message.objects.filter(thread__in=keys)
        said = rows.values_list("thread_id", "author__address", "direction", "verified", "copies")
        for thread_id, address, direction, verified, copies in said:
            people = self.people[keys[thread_id]]
            if address:
                people.add(address.lower())
            if direction == Message.Direction.OUT or verified is not False:
                people |= {one["address"].lower() for one in copies if "ours" not in one}
