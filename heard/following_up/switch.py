"""One ticket in which Heard asks nothing by itself, or does again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.following_up.events import FollowUpSwitched
from heard.following_up.models import LeftAlone
from heard.following_up.rules import OFF, rule_of
from heard.tickets.locked import locked
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent


@transaction.atomic
def switch_follow_up(ticket: Ticket, *, on: bool, by: Agent, now: datetime) -> None:
    ticket = locked(ticket)
    if on == (not is_left_alone(ticket)):
        return
    if on:
        LeftAlone.objects.filter(ticket=ticket).delete()
    else:
        LeftAlone.objects.create(ticket=ticket, workspace_id=ticket.workspace_id, by=by, at=now)
    publish(
        FollowUpSwitched(
            workspace_id=ticket.workspace_id,
            ticket_id=ticket.pk,
            at=now,
            by_id=by.pk,
            number=ticket.number,
            on=on,
        )
    )


def asks_again(ticket: Ticket) -> bool | None:
    """None where no rule says that anything is asked. One question of the database, two where one does."""
    if rule_of(ticket.inbox) == OFF:
        return None
    return not is_left_alone(ticket)


def is_left_alone(ticket: Ticket) -> bool:
    return LeftAlone.objects.filter(ticket=ticket).exists()
