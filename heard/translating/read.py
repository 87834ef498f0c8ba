"""An agent reads a ticket in a language of theirs. What was said is translated, and what comes too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from heard.events.bell import ring
from heard.events.publishing import publish
from heard.language.known import is_language
from heard.many import among
from heard.tickets.about import about
from heard.tickets.events import MessageEdited, MessageEvent
from heard.tickets.models import Ticket
from heard.translating.events import ReadingBegan, ReadingEnded
from heard.translating.models import Reader, Translation
from heard.translating.translate import translator_of
from heard.workspaces.models import Agent
from heard.workspaces.prepared import Some, prepared


class NoSuchLanguage(Exception):
    """It is no language that has a two-letter code."""


@transaction.atomic
def begin_reading(ticket: Ticket, *, language: str, by: Agent, now: datetime) -> Reader:
    """From now on, until `end_reading`. Said again, it is tried again.

    Raises NoSuchLanguage, or CannotTranslate where nobody set up a translator.
    """
    if not is_language(language):
        raise NoSuchLanguage(language)
    translator_of(ticket.workspace_id)
    reader, _made = Reader.objects.update_or_create(
        ticket=ticket,
        agent=by,
        defaults={
            "workspace_id": ticket.workspace_id,
            "language": language,
            "problem": "",
            "since": now,
        },
    )
    publish(ReadingBegan(**about(ticket, now=now, by=by), language=language))
    ring_for_translation(ticket.pk, language)
    return reader


@transaction.atomic
def end_reading(ticket: Ticket, *, by: Agent, now: datetime) -> None:
    """What was translated is kept: somebody else may read it, too."""
    gone, _rows = Reader.objects.filter(ticket=ticket, agent=by).delete()
    if gone:
        publish(ReadingEnded(**about(ticket, now=now, by=by)))


def translate_what_came(happened: Sequence[MessageEvent]) -> None:
    """One question for the whole batch: hardly anybody reads along."""
    _ring_for({event.ticket_id for event in happened if event.ticket_id})


def translate_anew(happened: Sequence[MessageEdited]) -> None:
    Translation.objects.filter(message__in=[event.message_id for event in happened]).delete()
    _ring_for({event.ticket_id for event in happened if event.ticket_id})


def ring_for_translation(
    ticket_id: int, language: str, *, at: datetime | None = None, tries: int = 0
) -> None:
    once = f"translate {ticket_id} {language}"
    ring(
        "heard.translating.tasks.translate_ticket",
        lock=once,
        once=once,
        at=at,
        ticket_id=ticket_id,
        language=language,
        tries=tries,
    )


def _ring_for(tickets: Iterable[int]) -> None:
    for ticket_id, language in set(_read_in(tickets=Some(tickets))):
        ring_for_translation(ticket_id, language)


@prepared
def _read_in(*, tickets: Some) -> QuerySet[Reader, tuple[int, str]]:
    reading = Reader.objects.filter(among("ticket", tickets), agent__is_active=True)
    return reading.values_list("ticket_id", "language")
