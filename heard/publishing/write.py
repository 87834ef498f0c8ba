"""Write down what is to be said, and where. Nothing goes out by writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.publishing.accounts import rules_of
from heard.publishing.events import PlanChanged, PlanWritten, about
from heard.publishing.locked import lock_open
from heard.publishing.models import PlannedPost, Publication
from heard.workspaces.models import Agent

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Target:
    """One of our accounts, and what it says instead of the common text."""

    inbox: Inbox
    own_text: str = ""


class BadTarget(Exception):
    """An account of another workspace, or one that cannot publish."""


class TooMuchText(Exception):
    """No network takes a text that long."""


@transaction.atomic
def write(text: str, *, targets: Sequence[Target], by: Agent, now: datetime) -> PlannedPost:
    """A new draft. Raises BadTarget or TooMuchText."""
    _check(text, targets, by)
    plan = PlannedPost.objects.create(
        workspace_id=by.workspace_id,
        text=text,
        writer=by,
        changed_by=by,
        changed_at=now,
        created_at=now,
    )
    _set_targets(plan, targets)
    publish(PlanWritten(**about(plan, now=now, by=by)))
    return plan


@transaction.atomic
def rewrite(
    plan: PlannedPost, *, text: str, targets: Sequence[Target], by: Agent, now: datetime
) -> PlannedPost:
    """Change the words or the accounts. What changed becomes a draft again, and is no longer approved.

    Raises CannotChange, BadTarget or TooMuchText.
    """
    plan = lock_open(plan)
    _check(text, targets, by)
    changed = []
    if text != plan.text:
        plan.text = text
        plan.save(update_fields=["text"])
        changed.append("text")
    if _set_targets(plan, targets):
        changed.append("targets")
    note_change(plan, changed, by=by, now=now)
    return plan


def note_change(plan: PlannedPost, changed: list[str], *, by: Agent, now: datetime) -> None:
    """Of a locked plan: what was agreed to is not what would go out now."""
    if not changed:
        return
    dropped = plan.approved_by_id is not None
    plan.state = PlannedPost.State.DRAFT
    plan.approved_by = plan.approved_at = None
    plan.overridden, plan.sent_back = [], ""
    plan.changed_by, plan.changed_at = by, now
    plan.save(
        update_fields=[
            "state",
            "approved_by",
            "approved_at",
            "overridden",
            "sent_back",
            "changed_by",
            "changed_at",
        ]
    )
    plan.publications.update(state=Publication.State.PLANNED, due_at=None)
    publish(PlanChanged(**about(plan, now=now, by=by), changed=changed, approval_dropped=dropped))


def _check(text: str, targets: Sequence[Target], by: Agent) -> None:
    if any(len(one) > LONGEST for one in (text, *(target.own_text for target in targets))):
        raise TooMuchText(LONGEST)
    for target in targets:
        if target.inbox.workspace_id != by.workspace_id or rules_of(target.inbox) is None:
            raise BadTarget(target.inbox.pk)


def _set_targets(plan: PlannedPost, targets: Sequence[Target]) -> bool:
    """True when the accounts or their own texts are others than before."""
    wanted = {target.inbox.pk: target.own_text for target in targets}
    known = dict(plan.publications.values_list("inbox", "own_text"))
    if wanted == known:
        return False
    plan.publications.exclude(inbox__in=wanted).delete()
    for inbox_id, own_text in wanted.items():
        Publication.objects.update_or_create(
            plan=plan,
            inbox_id=inbox_id,
            defaults={"own_text": own_text},
            create_defaults={"workspace_id": plan.workspace_id, "own_text": own_text},
        )
    return True
