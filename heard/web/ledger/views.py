"""The ledger: proof that nothing was lost, in numbers that add up, and every line behind them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from heard.inboxes.models import Inbox
from heard.ingest.ledger import ledger, lines
from heard.ingest.models import LedgerLine
from heard.ingest.there import comparisons
from heard.web.agents import AgentRequest, for_agents
from heard.web.inboxes.found import inbox_or_404
from heard.web.ledger.adding import added_up
from heard.web.ledger.tickets import tickets_of

PERIODS: dict[str, tuple[Any, timedelta | None]] = {
    "day": (_("24 hours"), timedelta(days=1)),
    "week": (_("7 days"), timedelta(days=7)),
    "month": (_("30 days"), timedelta(days=30)),
    "all": (_("All the time"), None),
}
PLACES = {
    LedgerLine.Place.MESSAGE: _("Messages"),
    LedgerLine.Place.IGNORED: _("Ignored"),
    LedgerLine.Place.QUARANTINED: _("Kept aside"),
    LedgerLine.Place.PARKED: _("Came too early"),
    LedgerLine.Place.UPDATE: _("Changes"),
    LedgerLine.Place.OURS: _("Our own"),
}


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    period = request.GET.get("period", "all")
    period = period if period in PERIODS else "all"
    span = PERIODS[period][1]
    since = timezone.now() - span if span else None
    counts = ledger(request.agent, since=since)
    context = {
        "periods": {name: label for name, (label, _span) in PERIODS.items()},
        "period": period,
        "counts": counts,
        "total": added_up(counts),
        "sides": comparisons(request.agent, since=since),
        "inbox": None,
        **_lines(request),
    }
    return render(request, "ledger/ledger.html", context)


def _lines(request: AgentRequest) -> dict[str, Any]:
    """The lines of the inbox that was chosen; nothing where none was."""
    chosen = request.GET.get("inbox", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        return {}
    inbox: Inbox = inbox_or_404(request, int(chosen))
    place = request.GET.get("place", "")
    place = place if place in PLACES else ""
    found, cursor = lines(
        request.agent, inbox=inbox.pk, place=place or None, cursor=request.GET.get("cursor", "")
    )
    return {
        "inbox": inbox,
        "endings": PLACES,
        "place": place,
        "lines": found,
        "next": cursor,
        "tickets": tickets_of(request.agent, inbox, found),
    }
