"""Somebody said which language a contact speaks: their tickets that may still go on follow."""

from __future__ import annotations

from collections.abc import Sequence

from heard.contacts.events import ContactSpeaks
from heard.events.publishing import publish
from heard.tickets.events import TicketLanguageChanged
from heard.tickets.models import State, Ticket


def follow_spoken(happened: Sequence[ContactSpeaks]) -> None:
    for event in happened:
        if event.language:
            _follow(event)


def _follow(event: ContactSpeaks) -> None:
    open_ones = Ticket.objects.filter(workspace_id=event.workspace_id, contact=event.contact_id)
    open_ones = open_ones.exclude(state=State.RESOLVED).exclude(language=event.language)
    tickets = list(open_ones.select_for_update(no_key=True).order_by("id"))
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(language=event.language)
    publish(
        *(
            TicketLanguageChanged(
                workspace_id=event.workspace_id,
                ticket_id=ticket.pk,
                number=ticket.number,
                at=event.at,
                by_id=event.by_id,
                language=event.language,
            )
            for ticket in tickets
        )
    )
