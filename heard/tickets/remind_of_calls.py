"""The time of a promised call has come, or has gone by without one: its agent is told, once each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import CallBackDue, TicketWoke
from heard.tickets.models import CallBack, Ticket

LATE_AFTER: Final = timedelta(minutes=30)
AT_ONCE: Final = 200


@transaction.atomic
def remind_of_calls(*, now: datetime) -> int:
    """Gives of how many. One whose time went by while we were away is told as late, and not twice."""
    waiting = CallBack.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    due = waiting.filter(result=CallBack.Result.OPEN, told_late_at=None, at__lte=now)
    untold = due.filter(Q(told_due_at=None) | Q(at__lte=now - LATE_AFTER))
    news = list(untold.select_related("ticket").order_by("at", "pk")[:AT_ONCE])
    for row in news:
        late = row.at <= now - LATE_AFTER
        row.told_due_at, row.told_late_at = row.told_due_at or now, now if late else None
        row.save(update_fields=["told_due_at", "told_late_at"])
        publish(
            CallBackDue(
                **about(row.ticket, now=now),
                call_back_id=row.pk,
                called_number=row.number,
                agent_id=row.agent_id,
                late=late,
            )
        )
    _wake([row.ticket for row in news], now=now)
    return len(news)


def _wake(tickets: Sequence[Ticket], *, now: datetime) -> None:
    """What was put off comes back: the call is a part of it."""
    asleep = {ticket.pk: ticket for ticket in tickets if ticket.snoozed_until is not None}
    Ticket.objects.filter(pk__in=asleep).update(snoozed_until=None)
    publish(*(TicketWoke(**about(ticket, now=now)) for ticket in asleep.values()))
