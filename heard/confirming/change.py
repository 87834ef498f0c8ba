"""What admins change about the confirmations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from heard.checks.finding import Finding
from heard.confirming.events import ConfirmingChanged, ConfirmingTextChanged
from heard.confirming.fill import fill, unknown
from heard.confirming.models import ConfirmingGoal, ConfirmingInbox, ConfirmingText
from heard.confirming.switches import confirmable
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent, Workspace
from heard.workspaces.wording import unfit

LONGEST_GOAL_MINUTES = 14 * 24 * 60
LONGEST_TEXT = 2_000
# What stands where the placeholders are, when the text is looked at before anybody gets it.
EXAMPLES = {
    "number": "HRD-1042-K7",
    "name": "Jana",
    "expected": "We answer today.",
    "link": "https://example.org/",
}


class BadGoal(Exception):
    """Nobody promises that."""


class BadText(Exception):
    """Too long, with placeholders that do not exist (`placeholders`), or what the gate would stop (`findings`)."""

    def __init__(self, placeholders: list[str], findings: Sequence[Finding] = ()) -> None:
        super().__init__(", ".join([*placeholders, *(one.code for one in findings)]))
        self.placeholders, self.findings = placeholders, findings


@transaction.atomic
def change_confirming(
    workspace: Workspace, *, on: Collection[int], goal_minutes: int | None, by: Agent, now: datetime
) -> None:
    """`on` are ids of the inboxes that confirm from now on. Raises BadGoal."""
    if goal_minutes is not None and not 0 < goal_minutes <= LONGEST_GOAL_MINUTES:
        raise BadGoal
    known = confirmable(Inbox.objects.visible_to(by).filter(workspace=workspace))
    for inbox in known:
        ConfirmingInbox.objects.update_or_create(
            inbox=inbox, defaults={"workspace": workspace, "on": inbox.pk in on}
        )
    ConfirmingGoal.objects.update_or_create(workspace=workspace, defaults={"minutes": goal_minutes})
    confirm = sorted(inbox.pk for inbox in known if inbox.pk in on)
    publish(
        ConfirmingChanged(
            workspace_id=workspace.pk, at=now, by_id=by.pk, inboxes=confirm, goal_minutes=goal_minutes
        )
    )


@transaction.atomic
def change_text(
    workspace: Workspace, *, language: str, within: str, outside: str, by: Agent, now: datetime
) -> None:
    """An empty text is ours again. Raises BadText."""
    within, outside = within.strip(), outside.strip()
    wrong = [*unknown(within), *unknown(outside)]
    if wrong or max(len(within), len(outside)) > LONGEST_TEXT:
        raise BadText(wrong)
    for text in (within, outside):
        if found := unfit(fill(text, EXAMPLES), workspace_id=workspace.pk, language=language):
            raise BadText([], found)
    if within or outside:
        ConfirmingText.objects.update_or_create(
            workspace=workspace, language=language, defaults={"within": within, "outside": outside}
        )
    else:
        ConfirmingText.objects.filter(workspace=workspace, language=language).delete()
    publish(ConfirmingTextChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, language=language))
