"""How a ticket stands, in words for who waits: what is, what comes next, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from heard.confirming.expected import expected
from heard.confirming.models import Confirmation
from heard.confirming.texts import expected_words, moment_words
from heard.tickets.models import State, Ticket
from heard.workspaces.hours import Hours, hours_of


@dataclass(frozen=True)
class Standing:
    title: str
    next: str
    is_open: bool
    is_done: bool
    zone: Hours

    def moment(self, at: datetime) -> str:
        return moment_words(at, hours=self.zone, language=get_language() or "en")


def standing(ticket: Ticket, *, now: datetime) -> Standing:
    hours = hours_of(ticket.workspace)
    title, then = _words(ticket, hours, now=now)
    return Standing(title, then, ticket.is_open, ticket.state == State.RESOLVED, hours)


def _words(ticket: Ticket, hours: Hours, *, now: datetime) -> tuple[str, str]:
    match ticket.state:
        case State.RESOLVED:
            return _("This is done."), _("If it is not, write to us below. The ticket opens again.")
        case State.ANSWERED:
            return _("We have answered."), _("If anything is left to say, write it below.")
        case _:
            return _("Your message is with us, and waits for an answer."), _until(ticket, hours, now=now)


def _until(ticket: Ticket, hours: Hours, *, now: datetime) -> str:
    """What we had said holds, and when it did not, we say that."""
    promised = Confirmation.objects.filter(ticket=ticket).values_list("expected_at", flat=True).first()
    language = get_language() or "en"
    # The promise was for the first message: what waits now may have been written later.
    if promised is None or ticket.waiting_since is None or ticket.waiting_since > promised:
        return expected_words(
            expected(ticket.inbox, hours=hours, now=now), hours=hours, now=now, language=language
        )
    moment = moment_words(promised, hours=hours, language=language)
    if promised < now:
        return _("We wanted to answer by {moment}. It takes longer than usual, and is not forgotten.").format(
            moment=moment
        )
    return _("We usually answer by {moment}.").format(moment=moment)
