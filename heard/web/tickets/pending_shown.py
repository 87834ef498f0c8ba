"""Replies that are written and wait, as the ticket shows them to one agent."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.checks.finding import Finding
from heard.replies.then import Then, then_of
from heard.tickets.finding_words import finding_words
from heard.tickets.models import PendingReply, Ticket
from heard.tickets.pending.hold import WAITING
from heard.tickets.pending.review import may_approve
from heard.web.tickets.later import by_clock
from heard.web.times import in_words
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

BACK = (PendingReply.State.RETURNED, PendingReply.State.OVERTAKEN, PendingReply.State.STOPPED)
REASONS: Mapping[str, Promise] = {
    "customer_wrote": gettext_lazy("The customer wrote in the meantime."),
    "customer_changed": gettext_lazy("The customer changed what it answers."),
    "answered": gettext_lazy("Somebody else answered in the meantime."),
    "resolved": gettext_lazy("The ticket was resolved in the meantime."),
    "findings": gettext_lazy("The check before sending found something that it had not found before."),
    "disconnected": gettext_lazy("The inbox is not connected any more."),
    "no_template": gettext_lazy("The network has taken the template back."),
    "no_file": gettext_lazy("A file is not there any more."),
}
NO_WAY = gettext_lazy("There is no way to answer like this any more.")


@dataclass(frozen=True, slots=True)
class Pending:
    """One of them, as this agent sees it."""

    row: PendingReply
    is_mine: bool
    can_approve: bool
    at: str = ""  # by the agent's clock
    theirs: str = ""  # by the customer's; empty where it is not known or the same
    zone_is_known: bool = False
    why: str = ""
    findings: Sequence[str] = ()
    then: Sequence[str] = ()  # what is done with the ticket when it leaves

    @property
    def key(self) -> str:
        return f"p{self.row.pk}"

    @property
    def waits(self) -> bool:
        return self.row.state in WAITING

    @property
    def is_in_review(self) -> bool:
        return self.row.state == PendingReply.State.REVIEW

    @property
    def version(self) -> int:
        row = self.row
        shown = (row.state, row.text, row.at, row.comment, row.noticed_at, self.can_approve)
        return zlib.crc32(repr(shown).encode())


def pending_of(ticket: Ticket, *, agent: Agent, zone: ZoneInfo | None, now: datetime) -> Sequence[Pending]:
    """What waits in the ticket, and what came back to this agent. One question."""
    found = []
    for row in pending_rows(agent=agent, ticket=ticket.pk):
        row.ticket = ticket
        at = in_words(row.at, now=now) if row.at else ""
        theirs = by_clock(row.at, zone, now=now) if row.at and zone else ""
        found.append(
            Pending(
                row,
                is_mine=row.agent_id == agent.pk,
                can_approve=may_approve(agent, row),
                at=at,
                theirs="" if theirs == at else theirs,
                zone_is_known=zone is not None,
                why="" if row.state in WAITING else str(REASONS.get(row.reason, NO_WAY)),
                findings=[_words_of(one) for one in row.findings],
                then=_then_words(then_of(row)),
            )
        )
    return found


def _then_words(then: Then | None) -> list[str]:
    """As short as a line takes: "assign to Bea", "tag late", "resolve"."""
    if then is None:
        return []
    to = _("its author") if then.assigns_me else then.assignee_name or then.team_name
    tags = ", ".join(then.tags)
    said = (
        _("assign to {name}").format(name=to) if to else "",
        _("tag {tags}").format(tags=tags) if tags else "",
        _("resolve") if then.resolution else "",
    )
    return [words for words in said if words]


@prepared
def pending_rows(*, agent: Agent, ticket: int) -> QuerySet[PendingReply]:
    mine = Q(agent=agent, state__in=BACK, noticed_at=None)
    rows = PendingReply.objects.visible_to(agent).filter(Q(state__in=WAITING) | mine, ticket=ticket)
    return rows.select_related("agent", "reviewer", "approved_by", "ended_by").order_by("pk")


def _words_of(found: Mapping[str, Any]) -> str:
    """As it was kept; what a finding may have learnt to say since is left out."""
    kept = {
        name: found[name] for name in ("check", "code", "reason", "start", "end", "overridable", "params")
    }
    return finding_words(Finding(**kept))
