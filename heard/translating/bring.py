"""The messages of one ticket in another language, for all who read it so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.models import Message, Ticket
from heard.translating.events import TicketTranslated
from heard.translating.models import Original, Reader, Translation
from heard.translating.read import ring_for_translation
from heard.translating.translate import LONGEST, translate, translator_of
from heard.translating.troubles import PASSING, CannotTranslate

MOST_MESSAGES = 100  # the newest; who wants more reads them at the network
MOST_TRIES = 5
PATIENCE = timedelta(minutes=1)


def bring(ticket: Ticket, *, language: str, now: datetime, tries: int = 0) -> int:
    """Gives how many messages were translated. A failure stands with the readers, and is no exception."""
    count = 0
    try:
        for batch in _batches(_missing(ticket, language)):
            count += _bring_some(ticket, batch, language, now=now)
    except CannotTranslate as failed:
        if failed.trouble in PASSING and tries < MOST_TRIES:
            ring_for_translation(ticket.pk, language, at=now + PATIENCE * 2**tries, tries=tries + 1)
        _tell(ticket, language, count, problem=failed.trouble.value, now=now)
    else:
        _tell(ticket, language, count, problem="", now=now)
    return count


def _missing(ticket: Ticket, language: str) -> list[Message]:
    """What is in that language, and what an agent wrote in it before it was translated, is read as it is."""
    said = ticket.messages.exclude(text="").exclude(language=language).defer("search")
    said = said.exclude(
        translations__in=Translation.objects.filter(language=language, message__ticket=ticket)
    )
    said = said.exclude(original__in=Original.objects.filter(language=language, ticket=ticket))
    return list(said.order_by("-at", "-id")[:MOST_MESSAGES])[::-1]


def _batches(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """Of one language each, so that nobody has to guess it, and none too long for a call."""
    batch: list[Message] = []
    for message in sorted(messages, key=_source):
        size = sum(len(one.text) for one in batch)
        if batch and (_source(batch[0]) != _source(message) or size + len(message.text) > LONGEST):
            yield batch
            batch = []
        batch.append(message)
    if batch:
        yield batch


def _bring_some(ticket: Ticket, batch: Sequence[Message], language: str, *, now: datetime) -> int:
    provider = translator_of(ticket.workspace_id).provider
    texts = [message.text[:LONGEST] for message in batch]
    told = translate(ticket.workspace, texts, source=_source(batch[0]), target=language, now=now)
    with transaction.atomic():
        # Locked, for an edit throws the translation away, and what comes after it must not bring it back.
        now_said = Message.objects.filter(pk__in=[message.pk for message in batch]).order_by("pk")
        unchanged = dict(now_said.select_for_update(no_key=True).values_list("pk", "text"))
        rows = [
            Translation(
                workspace_id=ticket.workspace_id,
                message=message,
                language=language,
                provider=provider,
                source=one.source,
                text=one.text,
                at=now,
            )
            for message, one in zip(batch, told, strict=True)
            if unchanged.get(message.pk) == message.text
        ]
        Translation.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def _tell(ticket: Ticket, language: str, count: int, *, problem: str, now: datetime) -> None:
    changed = Reader.objects.filter(ticket=ticket, language=language).exclude(problem=problem)
    if changed.update(problem=problem) or count:
        publish(
            TicketTranslated(**about(ticket, now=now), language=language, messages=count, problem=problem)
        )


def _source(message: Message) -> str:
    return message.language if message.language_certain or not message.is_in else ""
