"""An agent writes in their language, and the customer reads it in theirs. Both are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from heard.contacts.address import formality_for
from heard.events.publishing import publish
from heard.language.known import is_language
from heard.tickets.about import about
from heard.tickets.draft import keep_draft
from heard.tickets.events import MessageCancelled, MessageQueued
from heard.tickets.models import Draft, Message, Thread, Ticket
from heard.translating.events import DraftTranslated
from heard.translating.models import Original
from heard.translating.read import NoSuchLanguage, translate_what_came
from heard.translating.translate import translate, translator_of
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

# Of what a translation consisted of, this part has to be in what was sent. Else it is another text.
STILL_THE_SAME = 0.4
PIECE = 3  # characters: not every language has spaces between its words


class NothingToTranslate(Exception):
    """There is no word in it."""


def translate_draft(
    ticket: Ticket,
    *,
    text: str,
    mode: Draft.Mode,
    into: str,
    by: Agent,
    now: datetime,
    source: str = "",
    to: Message | None = None,
    via: Thread | None = None,
) -> tuple[Original, Draft]:
    """The draft says it in the other language from now on; what was written is kept beside it.

    It calls a network. Raises NoSuchLanguage, NothingToTranslate or CannotTranslate, and changes nothing then.
    """
    if not is_language(into):
        raise NoSuchLanguage(into)
    if not text.strip():
        raise NothingToTranslate
    provider = translator_of(ticket.workspace_id).provider
    formality = formality_for(ticket.contact, into)
    [told] = translate(ticket.workspace, [text], source=source, target=into, formality=formality, now=now)
    with transaction.atomic():
        draft = _put(ticket, told.text, mode=mode, language=into, by=by, now=now, to=to, via=via)
        original, _made = Original.objects.update_or_create(
            ticket=ticket,
            agent=by,
            mode=mode,
            message=None,
            defaults={
                "workspace_id": ticket.workspace_id,
                "language": source or told.source,
                "text": text,
                "into": into,
                "translated": told.text,
                "provider": provider,
                "at": now,
            },
        )
        publish(
            DraftTranslated(
                **about(ticket, now=now, by=by),
                source=original.language,
                language=into,
                characters=len(text),
            )
        )
    return original, draft


@transaction.atomic
def take_back(original: Original, *, by: Agent, now: datetime) -> Draft:
    """The draft says again what was written."""
    before = Draft.objects.filter(ticket=original.ticket, agent=by, mode=original.mode).first()
    draft = _put(
        original.ticket,
        original.text,
        mode=Draft.Mode(original.mode),
        language=original.language,
        by=by,
        now=now,
        to=before.to if before else None,
        via=before.via if before else None,
    )
    original.delete()
    return draft


def keep_originals(happened: Sequence[MessageQueued]) -> None:
    """The translation went out: what it was made from stands with it."""
    for event in happened:
        _keep(event)
    translate_what_came(happened)


def open_again(happened: Sequence[MessageCancelled]) -> None:
    """What was taken back becomes the draft again, and what it was made from stands beside it again."""
    for original in Original.objects.filter(message__in=[event.message_id for event in happened]):
        newer = Original.objects.filter(
            ticket=original.ticket_id, agent=original.agent_id, mode=original.mode, message=None
        )
        if not newer.exists():
            original.message = None
            original.save(update_fields=["message"])


def _keep(event: MessageQueued) -> None:
    mode = Draft.Mode.PUBLIC if event.public else Draft.Mode.PRIVATE
    if event.ticket_id is None or event.by_id is None:
        return
    waiting = _waiting(ticket=event.ticket_id, author=event.by_id, mode=mode.value)
    if not waiting:
        return
    [original] = waiting
    message = Message.objects.defer("search").get(pk=event.message_id)
    if not message.text:
        return  # a picture of the same reply: the words are in another part
    if _still_the_same(original.translated, message.text):
        original.message = message
        original.save(update_fields=["message"])
    else:
        original.delete()


@prepared
def _waiting(*, ticket: int, author: int, mode: str) -> QuerySet[Original]:
    waiting = Original.objects.filter(ticket=ticket, agent=author, mode=mode, message=None)
    return waiting.order_by("pk")[:1]


def _still_the_same(translated: str, sent: str) -> bool:
    before, now = _pieces(translated), _pieces(sent)
    return len(before & now) >= STILL_THE_SAME * len(before)


def _pieces(text: str) -> set[str]:
    text = " ".join(text.casefold().split())
    return {text[start : start + PIECE] for start in range(max(1, len(text) - PIECE + 1))}


def _put(
    ticket: Ticket,
    text: str,
    *,
    mode: Draft.Mode,
    language: str,
    by: Agent,
    now: datetime,
    to: Message | None,
    via: Thread | None,
) -> Draft:
    # Locked: what the page keeps by itself at this moment comes before it, and is no other window's.
    locked = Draft.objects.select_for_update(no_key=True).filter(ticket=ticket, agent=by, mode=mode)
    standing = locked.first()
    kept = keep_draft(
        ticket,
        mode=mode,
        text=text,
        version=standing.version if standing else 0,
        by=by,
        now=now,
        to=to,
        via=via,
        language=language,
    )
    if kept is None:
        raise NothingToTranslate
    return kept
