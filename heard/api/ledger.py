"""Proof that nothing was lost: the counts that add up, the lines behind them, and another try."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import ApiRequest, AskedFor, Id, Limit, Nothing
from heard.api.moments import Moment
from heard.api.numbered import AfterId, id_in
from heard.api.routes import Query, Router
from heard.api.tickets.shape import InboxName, inbox_name
from heard.ingest.ledger import Counts as Counted
from heard.ingest.ledger import ledger as count
from heard.ingest.ledger import lines
from heard.ingest.models import LedgerLine
from heard.ingest.quarantine import replay
from heard.ingest.there import Comparison, comparisons

router = Router(tags=["Ledger"])


class Counts(TypedDict):
    """`received` = ignored + quarantined + open + answered + thanked + dismissed."""

    received: int
    ignored: int
    quarantined: int
    open: int
    answered: int
    thanked: int
    dismissed: int


class BesideThem(TypedDict):
    """No messages of customers, so no part of `received`."""

    updates: int
    echoes: int
    parked: int
    duplicates: Annotated[int, Field(description="Facts that the network delivered again.")]


class OfInbox(Counts, BesideThem):
    inbox: InboxName


class Total(Counts, BesideThem):
    pass


class Ledger(Counts):
    items: list[OfInbox]
    next: str | None
    total: Total


class Asking(AskedFor):
    inbox: Id | None = None
    since: Moment | None = None


class Line(TypedDict):
    """One fact of one call, and the one place where it ended."""

    id: int
    inbox: int
    fact: str
    about: Annotated[str, Field(description="The network's id of the message concerned.")]
    place: LedgerLine.Place
    reason: str
    at: datetime
    created_at: datetime


class Lines(TypedDict):
    items: list[Line]
    next: str | None


class AskingLines(AskedFor):
    inbox: Id
    place: LedgerLine.Place | None = None
    cursor: AfterId | None = None
    limit: Limit = 50


class Missing(TypedDict):
    external_id: Annotated[str, Field(description="The network's id of a message that is not here.")]
    at: datetime


class OnlyHere(TypedDict):
    external_id: str
    message: Annotated[int, Field(description="The id of our message.")]
    at: datetime


class Sides(TypedDict):
    """What a network holds and what is here. `here` = `there` - `missing_count` + `only_here_count`."""

    inbox: InboxName
    asked_at: Annotated[datetime, Field(description="When the network was asked last: as of then it counts.")]
    there: int
    here: int
    missing_count: int
    only_here_count: int
    missing: Annotated[list[Missing], Field(description="The newest 100.")]
    only_here: Annotated[list[OnlyHere], Field(description="Not listed by the network. The newest 100.")]
    problem: Annotated[str, Field(description="What the network refused to tell, in its own words.")]


class AllSides(TypedDict):
    items: list[Sides]
    next: str | None


class Replayed(TypedDict):
    id: int
    replayed: Annotated[bool, Field(description="False: it failed again and stays in quarantine.")]
    reason: str


@router.get("/ledger", response=reads(Ledger), summary="Every message has one outcome")
def ledger(request: ApiRequest, asking: Query[Asking]) -> HttpResponse:
    """Counts of each inbox and of all. The seven counts of all also stand at the top."""
    found = count(request.agent, inbox=asking.inbox, since=asking.since)
    total = _sum(found)
    shown: Ledger = {
        "items": [{"inbox": inbox_name(one.inbox), **_counts(one), **_beside(one)} for one in found],
        "next": None,
        "total": total,
        "received": total["received"],
        "ignored": total["ignored"],
        "quarantined": total["quarantined"],
        "open": total["open"],
        "answered": total["answered"],
        "thanked": total["thanked"],
        "dismissed": total["dismissed"],
    }
    return answer(shown)


@router.get(
    "/ledger/there-and-here", response=reads(AllSides), summary="What networks hold, and what is here"
)
def there_and_here(request: ApiRequest, asking: Query[Asking]) -> HttpResponse:
    """One entry for each inbox whose network was asked. Messages that were written since `since`."""
    found = comparisons(request.agent, inbox=asking.inbox, since=asking.since)
    listed: AllSides = {"items": [_sides(one) for one in found], "next": None}
    return answer(listed)


@router.get("/ledger/lines", response=reads(Lines, 400), summary="What the counts are made of")
def ledger_lines(request: ApiRequest, asking: Query[AskingLines]) -> HttpResponse:
    """Newest first. With `place=quarantined`, what can be replayed."""
    id_in(asking.cursor)
    rows, following = lines(
        request.agent,
        inbox=asking.inbox,
        place=asking.place,
        cursor=asking.cursor or "",
        limit=asking.limit,
    )
    listed: Lines = {"items": [_line(row) for row in rows], "next": following}
    return answer(listed)


@router.post("/quarantine/{int:line_id}/replay", response=writes(Replayed, 404), summary="Try it again")
def replay_quarantined(request: ApiRequest, line_id: Id, body: Nothing | None = None) -> HttpResponse:
    """`line_id` is the id of a line in `GET /ledger/lines?place=quarantined`."""
    quarantined = LedgerLine.objects.visible_to(request.agent).filter(place=LedgerLine.Place.QUARANTINED)
    line = get_object_or_404(quarantined, pk=line_id)
    went = replay(line, by=request.agent, now=timezone.now())
    left = LedgerLine.objects.visible_to(request.agent).filter(pk=line_id).first()
    shown: Replayed = {"id": line_id, "replayed": went, "reason": left.reason if left else ""}
    return answer(shown)


def _counts(counted: Counted) -> Counts:
    return {
        "received": counted.received,
        "ignored": counted.ignored,
        "quarantined": counted.quarantined,
        "open": counted.open,
        "answered": counted.answered,
        "thanked": counted.thanked,
        "dismissed": counted.dismissed,
    }


def _beside(counted: Counted) -> BesideThem:
    return {
        "updates": counted.updates,
        "echoes": counted.echoes,
        "parked": counted.parked,
        "duplicates": counted.duplicates,
    }


def _sum(found: Sequence[Counted]) -> Total:
    return {
        "received": sum(one.received for one in found),
        "ignored": sum(one.ignored for one in found),
        "quarantined": sum(one.quarantined for one in found),
        "open": sum(one.open for one in found),
        "answered": sum(one.answered for one in found),
        "thanked": sum(one.thanked for one in found),
        "dismissed": sum(one.dismissed for one in found),
        "updates": sum(one.updates for one in found),
        "echoes": sum(one.echoes for one in found),
        "parked": sum(one.parked for one in found),
        "duplicates": sum(one.duplicates for one in found),
    }


def _sides(one: Comparison) -> Sides:
    return {
        "inbox": inbox_name(one.inbox),
        "asked_at": one.asked_at,
        "there": one.there,
        "here": one.here,
        "missing_count": one.missing_count,
        "only_here_count": one.only_here_count,
        "missing": [{"external_id": held.external_id, "at": held.at} for held in one.missing],
        "only_here": [
            {"external_id": message.external_id, "message": message.pk, "at": message.at}
            for message in one.only_here
        ],
        "problem": one.problem,
    }


def _line(row: LedgerLine) -> Line:
    return {
        "id": row.pk,
        "inbox": row.inbox_id,
        "fact": row.fact,
        "about": row.about,
        "place": LedgerLine.Place(row.place),
        "reason": row.reason,
        "at": row.at,
        "created_at": row.created_at,
    }
