"""How each inbox fares, in the words that an admin needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from heard.channels.contract import Polls
from heard.channels.registry import channel
from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.spending import used_up
from heard.ingest.models import LedgerLine, Look, RawCall, Reconciliation, Silence
from heard.tickets.models import Delivery, Message
from heard.workspaces.models import Agent


@dataclass(frozen=True)
class Health:
    inbox: Inbox
    last_call_at: datetime | None
    last_sent_at: datetime | None
    backlog: int
    backlog_since: datetime | None
    ignored: int
    quarantined: int
    parked: int
    queued: int
    unconfirmed: int
    failed: int
    bad_signatures: int
    last_bad_signature_at: datetime | None
    refused_calls: int
    last_refused_at: datetime | None
    last_refused_reason: str
    checked_at: datetime | None
    check_problem: str
    expires_at: datetime | None
    renewed_at: datetime | None
    renew_problem: str
    subscribed: bool | None
    looked_at: datetime | None  # where the network has to be asked: when it last answered
    look_problem: str
    next_look_at: datetime | None
    is_used_up: bool  # this month's money, where the inbox has a cap
    mended_at: datetime | None
    look: Reconciliation | None  # the newest one at what the network holds
    silence: Silence | None  # one that lasts


FROM_ROW = (
    "last_call_at",
    "last_sent_at",
    "bad_signatures",
    "last_bad_signature_at",
    "refused_calls",
    "last_refused_at",
    "last_refused_reason",
    "checked_at",
    "check_problem",
    "expires_at",
    "renewed_at",
    "renew_problem",
    "subscribed",
    "mended_at",
)


def health(agent: Agent) -> list[Health]:
    """Every inbox that the agent may see, in a few queries, however many there are."""
    inboxes = list(Inbox.objects.visible_to(agent).order_by("name", "id"))
    ids = [inbox.pk for inbox in inboxes]
    rows = InboxHealth.objects.in_bulk(ids)
    backlog = _backlog(ids)
    places = _places(ids)
    sending = _sending(ids)
    polling = [inbox.pk for inbox in inboxes if isinstance(channel(inbox.channel), Polls)]
    asked = {row.inbox_id: row for row in Look.objects.filter(inbox__in=polling, query=None)}
    looks = _newest_looks(ids)
    silences = {row.inbox_id: row for row in Silence.objects.filter(inbox__in=ids, ended_at=None)}
    without_money = used_up(inboxes, now=timezone.now())
    return [
        Health(
            inbox=inbox,
            **_from_row(rows.get(inbox.pk) or InboxHealth(inbox=inbox)),
            **backlog.get(inbox.pk, {"backlog": 0, "backlog_since": None}),
            **places.get(inbox.pk, {"ignored": 0, "quarantined": 0, "parked": 0}),
            **_looking(asked.get(inbox.pk)),
            is_used_up=inbox.pk in without_money,
            **sending.get(inbox.pk, {"queued": 0, "unconfirmed": 0, "failed": 0}),
            look=looks.get(inbox.pk),
            silence=silences.get(inbox.pk),
        )
        for inbox in inboxes
    ]


def _from_row(row: InboxHealth) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FROM_ROW}


def _looking(row: Look | None) -> dict[str, Any]:
    return {
        "looked_at": row.looked_at if row else None,
        "look_problem": row.problem if row else "",
        "next_look_at": row.due_at if row else None,
    }


def _backlog(inboxes: Sequence[int]) -> dict[int, dict[str, Any]]:
    waiting = RawCall.objects.filter(inbox__in=inboxes, taken_in_at=None).values("inbox")
    return _by_inbox(waiting.annotate(backlog=Count("pk"), backlog_since=Min("received_at")))


def _places(inboxes: Sequence[int]) -> dict[int, dict[str, Any]]:
    lines = LedgerLine.objects.filter(
        inbox__in=inboxes, place__in=("ignored", "quarantined", "parked")
    ).values("inbox")
    return _by_inbox(
        lines.annotate(
            **{place: Count("pk", filter=Q(place=place)) for place in ("ignored", "quarantined", "parked")}
        )
    )


def _sending(inboxes: Sequence[int]) -> dict[int, dict[str, Any]]:
    states = {
        "queued": (Delivery.QUEUED, Delivery.SENDING),
        "unconfirmed": (Delivery.UNCONFIRMED,),
        "failed": (Delivery.FAILED,),
    }
    stuck = Message.objects.filter(
        inbox__in=inboxes, delivery__in=[state for group in states.values() for state in group]
    ).values("inbox")
    return _by_inbox(
        stuck.annotate(**{name: Count("pk", filter=Q(delivery__in=group)) for name, group in states.items()})
    )


def _newest_looks(inboxes: Sequence[int]) -> dict[int, Reconciliation]:
    looks = Reconciliation.objects.filter(inbox__in=inboxes).order_by("inbox", "-id").distinct("inbox")
    return {look.inbox_id: look for look in looks}


def _by_inbox(rows: Any) -> dict[int, dict[str, Any]]:
    return {row.pop("inbox"): row for row in [dict(row) for row in rows]}
