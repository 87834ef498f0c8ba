"""Proof that nothing was lost: every fact that a network handed over has one place and one outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from heard.inboxes.models import Inbox
from heard.ingest.models import LedgerLine, RawCall
from heard.tickets.models import Message, Outcome
from heard.workspaces.models import Agent

Place = LedgerLine.Place


@dataclass(frozen=True)
class Counts:
    """received = ignored + quarantined + open + answered + thanked + dismissed.

    The rest is counted beside it: updates and echoes are no messages of customers, duplicates were
    counted the first time.
    """

    inbox: Inbox
    ignored: int
    quarantined: int
    open: int
    answered: int
    thanked: int
    dismissed: int
    updates: int
    echoes: int
    parked: int
    duplicates: int

    @property
    def received(self) -> int:
        return self.ignored + self.quarantined + self.open + self.answered + self.thanked + self.dismissed


def ledger(agent: Agent, *, inbox: int | None = None, since: datetime | None = None) -> list[Counts]:
    """One entry for each inbox that the agent may see, in four queries."""
    inboxes = Inbox.objects.visible_to(agent).order_by("name", "id")
    if inbox is not None:
        inboxes = inboxes.filter(pk=inbox)
    rows = list(inboxes)
    ids = [row.pk for row in rows]
    places = _places(ids, since)
    outcomes = _outcomes(ids, since)
    repeated = _duplicates(ids, since)
    return [
        Counts(
            inbox=row,
            ignored=places.get((row.pk, Place.IGNORED), 0),
            quarantined=places.get((row.pk, Place.QUARANTINED), 0),
            open=outcomes.get((row.pk, Outcome.OPEN), 0),
            answered=outcomes.get((row.pk, Outcome.ANSWERED), 0),
            thanked=outcomes.get((row.pk, Outcome.THANKED), 0),
            dismissed=outcomes.get((row.pk, Outcome.DISMISSED), 0),
            updates=places.get((row.pk, Place.UPDATE), 0),
            echoes=places.get((row.pk, Place.OURS), 0),
            parked=places.get((row.pk, Place.PARKED), 0),
            duplicates=repeated.get(row.pk, 0),
        )
        for row in rows
    ]


def lines(
    agent: Agent, *, inbox: int, place: str | None = None, cursor: str = "", limit: int = 50
) -> tuple[Sequence[LedgerLine], str | None]:
    """The newest first. `cursor` is what the page before gave; nonsense counts as none."""
    rows = LedgerLine.objects.visible_to(agent).filter(inbox=inbox).order_by("-id")
    if place:
        rows = rows.filter(place=place)
    if cursor.isdecimal() and len(cursor) < 19:
        rows = rows.filter(pk__lt=int(cursor))
    found = list(rows[: limit + 1])
    return found[:limit], str(found[limit - 1].pk) if len(found) > limit else None


def _places(inboxes: Sequence[int], since: datetime | None) -> dict[tuple[int, str], int]:
    rows = LedgerLine.objects.filter(inbox__in=inboxes)
    if since is not None:
        rows = rows.filter(created_at__gte=since)
    counted = rows.values_list("inbox", "place").annotate(count=Count("pk"))
    return {(inbox, place): count for inbox, place, count in counted}


def _outcomes(inboxes: Sequence[int], since: datetime | None) -> dict[tuple[int, str], int]:
    rows = Message.objects.filter(inbox__in=inboxes, direction=Message.Direction.IN)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    counted = rows.values_list("inbox", "outcome").annotate(count=Count("pk"))
    return {(inbox, outcome): count for inbox, outcome, count in counted}


def _duplicates(inboxes: Sequence[int], since: datetime | None) -> dict[int, int]:
    rows = RawCall.objects.filter(inbox__in=inboxes)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    return dict(rows.filter(duplicates__gt=0).values_list("inbox").annotate(count=Sum("duplicates")))
