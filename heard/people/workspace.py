"""What holds for everybody in a workspace."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.changed import save_changes
from heard.people.events import WorkspaceChanged
from heard.workspaces.models import Agent, Workspace

LONGEST_UNDO_SECONDS = 60
LONGEST_REOPEN_HOURS = 24 * 90
PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,5}")


class BadSetting(Exception):
    """A value that the workspace cannot have; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@transaction.atomic
def change_workspace(
    workspace: Workspace,
    *,
    name: str,
    language: str,
    time_zone: str,
    undo_seconds: int,
    reopen_within_hours: int,
    number_prefix: str,
    posts_need_approval: bool,
    replies_need_approval: bool,
    by: Agent,
    now: datetime,
) -> None:
    """Raises BadSetting. Numbers that customers were given with an older prefix stay valid."""
    if not 0 <= undo_seconds <= LONGEST_UNDO_SECONDS:
        raise BadSetting("undo_seconds")
    if not 1 <= reopen_within_hours <= LONGEST_REOPEN_HOURS:
        raise BadSetting("reopen_within_hours")
    if not PREFIX.fullmatch(number_prefix):
        raise BadSetting("number_prefix")
    changed = save_changes(
        Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk),
        {
            "name": name,
            "language": language,
            "time_zone": time_zone,
            "undo_seconds": undo_seconds,
            "reopen_within_hours": reopen_within_hours,
            "number_prefix": number_prefix,
            "posts_need_approval": posts_need_approval,
            "replies_need_approval": replies_need_approval,
        },
    )
    if changed:
        publish(WorkspaceChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, changed=changed))
