"""What the network holds and what we have, laid side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from heard.inboxes.models import Inbox
from heard.ingest.models import HeldMessage, LedgerLine, Reconciliation
from heard.tickets.models import Message
from heard.workspaces.models import Agent

MOST_SHOWN: Final = 100


@dataclass(frozen=True)
class Comparison:
    """Of what was written since a time, as of `asked_at`. here = there - missing + only here.

    `only_here` is what the network did not list: it may be too old for its lists.
    """

    inbox: Inbox
    asked_at: datetime
    there: int
    missing_count: int
    only_here_count: int
    missing: Sequence[HeldMessage]
    only_here: Sequence[Message]
    problem: str

    @property
    def here(self) -> int:
        return self.there - self.missing_count + self.only_here_count


def comparisons(agent: Agent, *, inbox: int | None = None, since: datetime | None = None) -> list[Comparison]:
    """Of each inbox whose network was asked at least once; newest differences first, 100 at the most."""
    inboxes = Inbox.objects.visible_to(agent).order_by("name", "id")
    if inbox is not None:
        inboxes = inboxes.filter(pk=inbox)
    found = (compare(row, since=since) for row in inboxes)
    return [one for one in found if one is not None]


def compare(inbox: Inbox, *, since: datetime | None = None) -> Comparison | None:
    """None while the network has never been asked."""
    done = Reconciliation.objects.filter(inbox=inbox, state=Reconciliation.State.DONE)
    asked = done.order_by("-until").first()
    if asked is None:
        return None
    begun = done.order_by("since").values_list("since", flat=True)[0]
    start = max(begun, since) if since else begun
    there = HeldMessage.objects.filter(inbox=inbox, gone_at=None, at__gte=start, at__lte=asked.until)
    missing, only_here = _missing(inbox, there), _only_here(inbox, start, asked.until)
    return Comparison(
        inbox=inbox,
        asked_at=asked.until,
        there=there.count(),
        missing_count=missing.count(),
        only_here_count=only_here.count(),
        missing=list(missing.order_by("-at", "-id")[:MOST_SHOWN]),
        only_here=list(only_here.order_by("-at", "-id")[:MOST_SHOWN]),
        problem=asked.problem,
    )


def _missing(inbox: Inbox, there: QuerySet[HeldMessage]) -> QuerySet[HeldMessage]:
    """Neither a message nor a line in the ledger that says where it ended."""
    message = Message.objects.filter(inbox=inbox, external_id=OuterRef("external_id"))
    line = LedgerLine.objects.filter(inbox=inbox, key=OuterRef("key"))
    return there.exclude(Exists(message)).exclude(Exists(line))


def _only_here(inbox: Inbox, since: datetime, until: datetime) -> QuerySet[Message]:
    held = HeldMessage.objects.filter(inbox=inbox, external_id=OuterRef("external_id"))
    ours = Message.objects.filter(inbox=inbox, at__gte=since, at__lte=until, removed_at=None)
    return ours.exclude(external_id="").exclude(Exists(held)).select_related("ticket").defer("search")
