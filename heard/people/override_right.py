"""Whether a colleague may send what a check stops, in workspaces where not everybody may."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.changed import save_changes
from heard.people.events import OverrideRightChanged, about
from heard.workspaces.models import Agent


@transaction.atomic
def change_override_right(agent: Agent, *, may_override: bool, by: Agent, now: datetime) -> None:
    if save_changes(agent, {"may_override": may_override}):
        publish(OverrideRightChanged(**about(agent, by=by, now=now), may_override=may_override))
