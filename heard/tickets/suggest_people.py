"""What messages say of who somebody is: a number of a ticket quoted, "I wrote to you on Facebook as …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from heard.channels.registry import CHANNELS
from heard.contacts.models import Contact, Identity
from heard.contacts.suggest import Evidence, Kind, Pointer, Strength, Suggestion, suggest
from heard.events.models import EventRecord
from heard.tickets.models import Message, Ticket
from heard.tickets.numbers import public_number

LATEST = 50
MOST_TICKETS = 200
# "as Jana K", "ως Γιάννης", "kot Ana", "jako Jana", "mint Anna": up to four words.
AS = re.compile(r"\b(?:as|ως|kot|jako|mint)\s+[\"“„»']?((?:[\w.'-]+\s?){1,4})", re.IGNORECASE)
MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
HANDLE = re.compile(r"(?<!\w)@([\w.]{2,60})")


def suggestions(contact: Contact) -> list[Suggestion]:
    return suggest(contact, further=_said(contact))


def evidence(contact: Contact, other: Contact) -> list[dict[str, Any]]:
    """What speaks for the two being one person, as a merge keeps it."""
    found = suggest(contact, further=_said(contact), named=True)
    return [why.as_kept() for one in found if one.contact == other for why in one.evidence]


def _said(contact: Contact) -> list[Pointer]:
    return [*_quoted(contact), *_stated(contact), *_named(contact)]


def _named(contact: Contact) -> Iterable[Pointer]:
    """A mailbox that they gave in words, in a chat or on the safe page: a word, as any claim."""
    said = Message.objects.filter(author__contact=contact, direction=Message.Direction.IN, text__contains="@")
    texts = list(said.order_by("-id").values_list("text", "at")[:LATEST])
    given = {found.lower().rstrip("."): at for text, at in texts for found in MAILBOX.findall(text)}
    known = Identity.objects.filter(workspace=contact.workspace_id, address__in=given)
    for other in known.exclude(contact=contact).exclude(proof=Identity.Proof.CLAIMED)[:MOST_TICKETS]:
        at = given[other.address]
        yield other.contact_id, Evidence(Kind.CLAIMED, Strength.WEAK, other.address, at)


def _quoted(contact: Contact) -> Iterable[Pointer]:
    """Nobody guesses the check part of a number, though somebody may have been shown it."""
    theirs = list(
        Ticket.objects.filter(contact=contact).order_by("-id").values_list("pk", flat=True)[:MOST_TICKETS]
    )
    told = EventRecord.objects.filter(ticket_id__in=theirs, kind="TicketReferenced")
    numbers = {record.payload["referred"] for record in told.order_by("-id")[:LATEST]}
    tickets = Ticket.objects.filter(workspace=contact.workspace_id, number__in=numbers)
    for ticket in tickets.exclude(contact=contact).select_related("workspace"):
        words = public_number(ticket.workspace, ticket.number)
        yield ticket.contact_id, Evidence(Kind.QUOTED, Strength.GOOD, words)


def _stated(contact: Contact) -> Iterable[Pointer]:
    said = Message.objects.filter(author__contact=contact, direction=Message.Direction.IN)
    for text in said.order_by("-id").values_list("text", flat=True)[:LATEST]:
        named = [slug for slug, network in CHANNELS.items() if _names(text, network.name)]
        called = [*HANDLE.findall(text), *(found.strip() for found in AS.findall(text))]
        if named and called:
            yield from _meant(contact, named, called)


def _names(text: str, network: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(network)}(?!\w)", text, re.IGNORECASE))


def _meant(contact: Contact, slugs: list[str], called: list[str]) -> Iterable[Pointer]:
    """A name of several words may have more behind it than the name: "as Jana Nova yesterday"."""
    forms = {" ".join(words.split()[:count]).rstrip(".'-") for words in called for count in range(1, 5)}
    asked = Q()
    for form in forms:
        asked |= Q(handle__iexact=form) | Q(name__iexact=form)
    known = Identity.objects.filter(asked, workspace=contact.workspace_id, inbox__channel__in=slugs)
    for other in known.exclude(contact=contact).select_related("inbox")[:MOST_TICKETS]:
        words = f"{CHANNELS[other.inbox.channel].name}: {other.handle or other.name}"
        yield other.contact_id, Evidence(Kind.STATED, Strength.GOOD, words)
