"""What the inboxes cost at their networks in a month, and the cap on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest, AskedFor, Id
from heard.api.routes import Query, Router
from heard.api.tickets.shape import InboxName, inbox_name
from heard.inboxes.models import Inbox, Spending
from heard.inboxes.spending import costs_money, month_of

router = Router(tags=["Inboxes"])

Dollars = Annotated[str, Field(description="US dollars, as a decimal number in a text: “12.3400”.")]


class Spent(TypedDict):
    what: Annotated[str, Field(description="send, publish, like, poll, search …")]
    count: int
    amount: Dollars


class InboxSpending(TypedDict):
    inbox: InboxName
    month: Annotated[str, Field(description="Of UTC, as networks count theirs: “2026-11”.")]
    cap: Annotated[Dollars | None, Field(description="For a month. Null: none.")]
    amount: Dollars
    by: list[Spent]


class Spendings(TypedDict):
    items: list[InboxSpending]
    next: str | None


class MonthAsked(AskedFor):
    inbox: Id | None = None
    month: Annotated[
        str | None,
        Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$", description="Without it, this month of UTC."),
    ] = None


@router.get("", response=reads(Spendings), summary="Spending per inbox in a month")
def spending(request: ApiRequest, asked: Query[MonthAsked]) -> HttpResponse:
    """The inboxes whose networks take money, and those where money was spent. In one page."""
    month = date.fromisoformat(f"{asked.month}-01") if asked.month else month_of(timezone.now())
    inboxes = Inbox.objects.visible_to(request.agent).order_by("name", "pk")
    if asked.inbox:
        inboxes = inboxes.filter(pk=asked.inbox)
    rows: dict[int, list[Spending]] = defaultdict(list)
    for row in Spending.objects.visible_to(request.agent).filter(month=month).order_by("what"):
        rows[row.inbox_id].append(row)
    items = [
        _shape(inbox, month, rows[inbox.pk]) for inbox in inboxes if rows[inbox.pk] or costs_money(inbox)
    ]
    listed: Spendings = {"items": items, "next": None}
    return answer(listed)


def _shape(inbox: Inbox, month: date, rows: Sequence[Spending]) -> InboxSpending:
    return {
        "inbox": inbox_name(inbox),
        "month": f"{month:%Y-%m}",
        "cap": None if inbox.monthly_cap is None else str(inbox.monthly_cap),
        "amount": str(sum((row.amount for row in rows), Decimal("0.0000"))),
        "by": [{"what": row.what, "count": row.count, "amount": str(row.amount)} for row in rows],
    }
