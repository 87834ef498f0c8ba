"""Who has seen a ticket, who looks at it, who writes. Reading changes nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from heard.realtime.announce import announce
from heard.tickets.models import Presence, Ticket
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

# Pages say so again every 20 s; whoever is silent for longer has gone.
LOOKING = timedelta(seconds=45)
WRITING = timedelta(seconds=8)


@dataclass(frozen=True)
class Colleague:
    ticket_id: int
    agent_id: int
    name: str
    writing: bool


@transaction.atomic
def look(ticket: Ticket, *, by: Agent, now: datetime, writing: bool = False) -> None:
    """Told to the other pages only when it changes what they show."""
    before = Presence.objects.filter(ticket=ticket, agent=by).first()
    Presence.objects.update_or_create(
        ticket=ticket,
        agent=by,
        defaults={
            "workspace_id": ticket.workspace_id,
            "seen_at": now,
            "looking_until": now + LOOKING,
            "writing_until": now + WRITING if writing else None,
        },
    )
    if before is None or _shown(before, now) != (True, writing):
        announce([(ticket.workspace_id, ticket.pk)])


@transaction.atomic
def leave(ticket: Ticket, *, by: Agent) -> None:
    if Presence.objects.filter(ticket=ticket, agent=by).update(looking_until=None, writing_until=None):
        announce([(ticket.workspace_id, ticket.pk)])


def besides(agent: Agent, present: Iterable[Colleague]) -> list[Colleague]:
    """The others: an agent knows of themselves."""
    return [one for one in present if one.agent_id != agent.pk]


def present(*, seen_by: Agent, now: datetime) -> list[Colleague]:
    """All who are at a ticket now, whoever asks: no more than there are agents at work."""
    return [
        Colleague(ticket, agent, name, bool(writing and writing > now))
        for ticket, agent, name, writing in colleagues_at(agent=seen_by, now=now)
    ]


@prepared
def colleagues_at(
    *, agent: Agent, now: datetime
) -> QuerySet[Presence, tuple[int, int, str, datetime | None]]:
    here = Presence.objects.visible_to(agent).filter(looking_until__gt=now).order_by("agent__name")
    return here.values_list("ticket_id", "agent_id", "agent__name", "writing_until")


def _shown(presence: Presence, now: datetime) -> tuple[bool, bool]:
    return (
        bool(presence.looking_until and presence.looking_until > now),
        bool(presence.writing_until and presence.writing_until > now),
    )
