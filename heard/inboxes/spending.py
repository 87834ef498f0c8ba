"""What calls to a network cost, month by month, and where that ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum

from heard.channels.contract import NewPost, Outgoing, Priced
from heard.channels.registry import channel
from heard.channels.words import N_
from heard.events.publishing import publish
from heard.inboxes.events import InboxChanged
from heard.inboxes.models import Inbox, Spending
from heard.workspaces.models import Agent

CAP_REACHED = "cap_reached"
CAP_IN_WORDS = N_(
    "The monthly cap of this inbox is reached. An admin can raise it in the settings of the inbox; "
    "otherwise it goes on with the next month."
)


class BadCap(Exception):
    """A cap is nothing, zero or a sum of dollars and cents below a million."""


def price(inbox: Inbox, asked: Outgoing | NewPost | str) -> Decimal:
    """In US dollars, before the call is made. Zero where the network takes nothing."""
    network = channel(inbox.channel)
    return network.price(asked) if isinstance(network, Priced) and costs_money(inbox) else Decimal(0)


def costs_money(inbox: Inbox) -> bool:
    return isinstance(channel(inbox.channel), Priced) and inbox.abilities.pays_per_call


def spent(inbox: Inbox, *, now: datetime) -> Decimal:
    """In this month of UTC, as networks count theirs."""
    found = Spending.objects.filter(inbox=inbox, month=month_of(now)).aggregate(sum=Sum("amount"))
    return found["sum"] or Decimal(0)


def within_cap(inbox: Inbox, amount: Decimal, *, now: datetime) -> bool:
    """May another `amount` be spent? What is free always may."""
    if not amount:
        return True
    cap = Inbox.objects.values_list("monthly_cap", flat=True).get(pk=inbox.pk)
    return cap is None or spent(inbox, now=now) + amount <= cap


def is_used_up(inbox: Inbox, *, now: datetime) -> bool:
    """Nothing is left, not even for a look, whose cost nobody knows before."""
    cap = Inbox.objects.values_list("monthly_cap", flat=True).get(pk=inbox.pk)
    return cap is not None and spent(inbox, now=now) >= cap


def used_up(inboxes: Iterable[Inbox], *, now: datetime) -> set[int]:
    """The keys of those for which `is_used_up` holds, in one query."""
    caps = {inbox.pk: inbox.monthly_cap for inbox in inboxes if inbox.monthly_cap is not None}
    if not caps:
        return set()
    month = Spending.objects.filter(inbox__in=caps, month=month_of(now))
    spent_by = dict(month.values("inbox").annotate(sum=Sum("amount")).values_list("inbox", "sum"))
    return {pk for pk, cap in caps.items() if spent_by.get(pk, Decimal(0)) >= cap}


@transaction.atomic
def spend(inbox: Inbox, amount: Decimal, *, what: str, now: datetime) -> None:
    """Note what a call cost. `what` is the kind of call: send, like, poll …"""
    if not amount:
        return
    row, _made = Spending.objects.get_or_create(
        inbox=inbox, month=month_of(now), what=what, defaults={"workspace_id": inbox.workspace_id}
    )
    Spending.objects.filter(pk=row.pk).update(count=F("count") + 1, amount=F("amount") + amount)


@transaction.atomic
def cap_spending(inbox: Inbox, *, monthly_cap: Decimal | None, by: Agent, now: datetime) -> None:
    """None takes the cap away. Raises BadCap."""
    if monthly_cap is not None and not (
        monthly_cap.is_finite() and 0 <= monthly_cap < 1_000_000 and monthly_cap == round(monthly_cap, 2)
    ):
        raise BadCap
    Inbox.objects.filter(pk=inbox.pk).update(monthly_cap=monthly_cap)
    publish(
        InboxChanged(
            workspace_id=inbox.workspace_id,
            at=now,
            by_id=by.pk,
            inbox_id=inbox.pk,
            name=inbox.name,
            changed=["monthly_cap"],
        )
    )


def month_of(now: datetime) -> date:
    return now.astimezone(UTC).date().replace(day=1)
