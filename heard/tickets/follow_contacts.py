"""Contacts were merged, or a merge was undone: their tickets go along, and remember where they belong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from heard.contacts.events import ContactsMerged, ContactsUnmerged
from heard.contacts.merge import below
from heard.contacts.models import Contact, Identity
from heard.tickets.models import Message, Ticket, TicketHome


def follow_merged(events: Sequence[ContactsMerged]) -> None:
    for event in events:
        _follow(event)


def follow_unmerged(events: Sequence[ContactsUnmerged]) -> None:
    for event in events:
        _go_back(event)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A ticket, the home that it remembers, and the identity that it was opened by."""

    pk: int
    contact: int
    remembered: int | None
    opener_contact: int | None
    opener_home: int | None


def _follow(event: ContactsMerged) -> None:
    """From now on they lie together, so each is told where it belongs before they do."""
    tickets = _locked((event.kept_id, event.gone_id))
    TicketHome.objects.bulk_create(
        TicketHome(ticket_id=one.pk, workspace_id=event.workspace_id, contact_id=_home_before(one, event))
        for one in tickets
        if one.remembered is None
    )
    theirs = [one.pk for one in tickets if one.contact == event.gone_id]
    Ticket.objects.filter(pk__in=theirs).update(contact=event.kept_id)


def _home_before(one: _Kept, event: ContactsMerged) -> int:
    """A ticket that came while others were one with its contact belongs to the identity that opened it."""
    if one.opener_contact != event.kept_id:
        return one.contact
    opener = one.opener_home or event.kept_id
    same_side = (opener in event.members) == (one.contact == event.gone_id)
    return opener if same_side else one.contact


def _go_back(event: ContactsUnmerged) -> None:
    leaving = []
    for one in _locked((event.kept_id,)):
        home = one.remembered or _home_of_opener(one, event)
        if home in event.members:
            leaving.append(one.pk)
    Ticket.objects.filter(pk__in=leaving).update(contact=event.gone_id)
    for contact in Contact.objects.filter(pk__in=(event.kept_id, event.gone_id)):
        if below(contact) == [contact.pk]:  # alone again: there is nothing to remember
            TicketHome.objects.filter(ticket__contact=contact).delete()


def _home_of_opener(one: _Kept, event: ContactsUnmerged) -> int:
    if one.opener_contact not in (event.kept_id, event.gone_id):
        return one.contact
    return one.opener_home or one.opener_contact


def _locked(contacts: Collection[int]) -> list[_Kept]:
    rows = Ticket.objects.filter(contact__in=contacts)
    locked = list(
        rows.select_for_update(no_key=True, of=("self",)).order_by("id").values_list("pk", flat=True)
    )
    first = Message.objects.filter(
        ticket=OuterRef("pk"), direction=Message.Direction.IN, author__isnull=False
    ).order_by("at", "id")
    opener = Identity.objects.filter(pk=OuterRef("opener"))
    found = Ticket.objects.filter(pk__in=locked).annotate(
        opener=Subquery(first.values("author")[:1]),
        opener_contact=Subquery(opener.values("contact")[:1]),
        opener_home=Subquery(opener.values("home")[:1]),
    )
    shown = ("pk", "contact", "home__contact", "opener_contact", "opener_home")
    return [_Kept(*row) for row in found.order_by("pk").values_list(*shown)]
