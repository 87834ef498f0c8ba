"""After how many days Heard asks, in which inbox. Nothing is asked until an admin says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from heard.events.publishing import publish
from heard.following_up.events import FollowUpRuleChanged
from heard.following_up.models import FollowUpRule, Kind
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent, Workspace
from heard.workspaces.prepared import prepared

LONGEST_DAYS: Final = 90


class BadRule(Exception):
    """Days are 1 to 90, and only what was reminded is closed."""


@dataclass(frozen=True, slots=True)
class Rule:
    ask_after: int | None = None
    remind_after: int | None = None
    close_after: int | None = None

    def days(self, kind: str) -> int | None:
        return {Kind.ASK: self.ask_after, Kind.REMIND: self.remind_after, Kind.CLOSE: self.close_after}[
            Kind(kind)
        ]


OFF: Final = Rule()


def rule_of(inbox: Inbox) -> Rule:
    """Its own, else the workspace's, else nothing."""
    rows = {row.inbox_id: row for row in rules_for(workspace=inbox.workspace_id, inbox=inbox.pk)}
    row = rows.get(inbox.pk) or rows.get(None)
    return Rule(row.ask_after, row.remind_after, row.close_after) if row else OFF


def asks(workspace_id: int) -> bool:
    """Did anybody set up a rule there at all? Hardly any answer has to ask for more."""
    return bool(_any_rule(workspace=workspace_id))


@prepared
def _any_rule(*, workspace: int) -> QuerySet[FollowUpRule, int]:
    return FollowUpRule.objects.filter(workspace=workspace).values_list("pk", flat=True)[:1]


@prepared
def rules_for(*, workspace: int, inbox: int) -> QuerySet[FollowUpRule]:
    return FollowUpRule.objects.filter(Q(inbox=inbox) | Q(inbox=None), workspace=workspace)


@transaction.atomic
def change_rule(
    workspace: Workspace, rule: Rule | None, *, by: Agent, now: datetime, inbox: Inbox | None = None
) -> None:
    """None gives an inbox back to the rule of the workspace. Raises BadRule."""
    if rule is None:
        FollowUpRule.objects.filter(workspace=workspace, inbox=inbox).delete()
    else:
        _require(rule)
        FollowUpRule.objects.update_or_create(workspace=workspace, inbox=inbox, defaults=asdict(rule))
    publish(
        FollowUpRuleChanged(
            workspace_id=workspace.pk,
            at=now,
            by_id=by.pk,
            inbox_id=inbox.pk if inbox else None,
            **asdict(rule or OFF),
        )
    )


def _require(rule: Rule) -> None:
    days = [days for days in (rule.ask_after, rule.remind_after, rule.close_after) if days is not None]
    if any(not 1 <= one <= LONGEST_DAYS for one in days):
        raise BadRule
    if rule.close_after is not None and rule.remind_after is None:
        raise BadRule
