"""An alarm rings: look how the ticket stands now, and ask once or say nothing."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from heard.following_up.due import last_word, set_alarm
from heard.following_up.models import FollowUp, Kind
from heard.following_up.rules import rule_of
from heard.following_up.switch import is_left_alone
from heard.following_up.texts import words_for
from heard.tickets.locked import locked
from heard.tickets.models import Delivery, Message, Outcome, Resolution, State, Ticket
from heard.tickets.resolve import resolve
from heard.tickets.tell import tell

# After an outage: a question that late would only puzzle.
LATEST: Final = timedelta(days=3)
ARRIVED: Final = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)
log = logging.getLogger(__name__)


def follow_next(*, now: datetime) -> bool:
    """The oldest alarm that is due. False when none is.

    One that cannot be asked is given up, not repeated: it would stand in the way of all behind it.
    """
    due = FollowUp.objects.filter(state=FollowUp.State.WAITING, due_at__lte=now).order_by("due_at", "pk")
    first = due.select_related("ticket").first()
    if first is None:
        return False
    try:
        _follow(first, now=now)
    except Exception:
        log.exception("the follow-up of ticket %s was given up", first.ticket_id)
        FollowUp.objects.filter(pk=first.pk).update(state=FollowUp.State.DROPPED)
    return True


@transaction.atomic
def _follow(alarm: FollowUp, *, now: datetime) -> None:
    """The ticket is locked before the alarm, so a customer who writes at this moment goes first."""
    ticket = locked(alarm.ticket)
    rows = FollowUp.objects.select_for_update(no_key=True)
    row = rows.filter(pk=alarm.pk, state=FollowUp.State.WAITING, due_at__lte=now).first()
    if row is None:
        return
    message = _say(row, ticket, now=now) if _still_stands(row, ticket, now=now) else None
    row.message = message
    row.state = FollowUp.State.DONE if message else FollowUp.State.DROPPED
    row.save(update_fields=["message", "state"])
    if message is not None and row.kind == Kind.REMIND:
        set_alarm(ticket.pk, Kind.CLOSE, now=now)


def _say(row: FollowUp, ticket: Ticket, *, now: datetime) -> Message | None:
    about = Message.objects.get(pk=row.after)
    text, subject = words_for(ticket, row.kind, about, now=now)
    said = tell(ticket, text=text, subject=subject, now=now, to=about)
    if said is not None and row.kind == Kind.CLOSE:
        with translation.override(ticket.workspace.language):
            note = _("No answer came, also not to the reminder.")
        resolve(ticket, by=None, now=now, resolution=Resolution.NO_ANSWER_NEEDED, note=note)
    return said


def _still_stands(row: FollowUp, ticket: Ticket, *, now: datetime) -> bool:
    """Nobody wrote since, nothing is about to be said, and the rule is still there."""
    if now - row.due_at > LATEST or is_left_alone(ticket) or ticket.answer_at or ticket.review_since:
        return False
    if rule_of(ticket.inbox).days(row.kind) is None or last_word(ticket) != row.after:
        return False
    if _was_said(row):
        return False
    if row.kind == Kind.ASK:
        return ticket.state == State.RESOLVED and ticket.resolution == Resolution.SOLVED
    return ticket.state == State.ANSWERED and _was_answered(row, ticket)


def _was_said(row: FollowUp) -> bool:
    same = FollowUp.objects.filter(ticket=row.ticket_id, kind=row.kind, after=row.after)
    return same.filter(state=FollowUp.State.DONE).exists()


def _was_answered(row: FollowUp, ticket: Ticket) -> bool:
    """By a person, and it arrived: whoever got no answer owes us none."""
    asked = Message.objects.get(pk=row.after)
    ours = ticket.messages.filter(direction=Message.Direction.OUT, automatic=False, public=False)
    last = ours.order_by("-at", "-id").first()
    arrived = last is not None and last.delivery in ARRIVED and last.at >= asked.at
    return arrived and asked.outcome == Outcome.ANSWERED
