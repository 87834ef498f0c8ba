"""Say once that a message has arrived: its number, when an answer usually comes, where to look."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from heard.confirming.by_mail import go_on_by_mail
from heard.confirming.expected import Expected, expected
from heard.confirming.fill import fill, fit_for_a_greeting
from heard.confirming.models import Confirmation
from heard.confirming.texts import expected_words, languages_of, subject, texts_for
from heard.env import env
from heard.tickets.models import Message, State, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.status_link import status_link
from heard.tickets.tell import tell
from heard.workspaces.hours import hours_of

log = logging.getLogger(__name__)

# After an outage: who has waited for longer than that knows that we are slow.
LATEST = timedelta(hours=12)


@dataclass(frozen=True)
class Worded:
    """What would be said, and when an answer is expected."""

    text: str
    subject: str
    expected: Expected | None


def confirm_next(*, now: datetime) -> bool:
    """The oldest that is due. False when nothing is.

    One that cannot be said is given up, not repeated: it would stand in the way of all behind it.
    """
    due = Confirmation.objects.filter(state=Confirmation.State.DUE).order_by("id")
    with transaction.atomic():
        confirmation = due.select_for_update(skip_locked=True).first()
        if confirmation is None:
            return False
        try:
            with transaction.atomic():
                _confirm(confirmation, now=now)
        except Exception:
            log.exception("the confirmation of ticket %s was given up", confirmation.ticket_id)
            Confirmation.objects.filter(pk=confirmation.pk).update(state=Confirmation.State.SKIPPED)
    return True


def _confirm(confirmation: Confirmation, *, now: datetime) -> None:
    ticket = Ticket.objects.select_related("workspace", "inbox", "contact").get(pk=confirmation.ticket_id)
    asked = _asked(ticket)
    message, at = None, None
    if asked is not None and _is_news(ticket, now=now):
        go_on_by_mail(asked, now=now)
        worded = word(ticket, asked, now=now)
        at = worded.expected.at if worded.expected else None
        message = tell(ticket, text=worded.text, subject=worded.subject, to=asked, now=now)
    confirmation.state = Confirmation.State.SENT if message else Confirmation.State.SKIPPED
    confirmation.message, confirmation.expected_at = message, at
    confirmation.save(update_fields=["state", "message", "expected_at"])


def word(ticket: Ticket, asked: Message, *, now: datetime) -> Worded:
    hours = hours_of(ticket.workspace)
    texts = texts_for(ticket.workspace, languages_of(ticket))
    number = public_number(ticket.workspace, ticket.number)
    comes = expected(ticket.inbox, hours=hours, now=now)
    values = {
        "number": number,
        "name": _name(asked),
        "expected": expected_words(comes, hours=hours, now=now, language=texts.language),
        "link": status_link(ticket.workspace, ticket.number, public_url=env().public_url),
    }
    text = texts.within if hours.is_open(now) else texts.outside
    return Worded(fill(text, values), subject(number, language=texts.language), comes)


def _asked(ticket: Ticket) -> Message | None:
    heard = ticket.messages.filter(direction=Message.Direction.IN, public=False).select_related(
        "author", "inbox", "ticket"
    )
    return heard.order_by("at", "id").first()


def _is_news(ticket: Ticket, *, now: datetime) -> bool:
    """Not once somebody has answered, nor for what was dismissed meanwhile."""
    ours = ticket.messages.filter(direction=Message.Direction.OUT)
    return ticket.state == State.OPEN and now - ticket.created_at < LATEST and not ours.exists()


def _name(asked: Message) -> str:
    """Of somebody who is not proved, nothing that they chose is sent on: the address may be another's."""
    if asked.author is None or asked.verified is False:
        return ""
    return fit_for_a_greeting(asked.author.name)
