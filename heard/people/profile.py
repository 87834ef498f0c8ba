"""What a person decides about themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from heard.accounts.models import User
from heard.events.publishing import publish
from heard.people.changed import save_changes
from heard.people.events import ProfileChanged
from heard.workspaces.models import Agent


@transaction.atomic
def change_profile(
    agent: Agent,
    *,
    name: str,
    language: str,
    time_zone: str,
    theme: User.Theme,
    now: datetime,
    alias: str = "",
    initials: str = "",
    gender: str = "",
    mailed: Sequence[str] | None = None,
) -> None:
    """The name is what colleagues of this workspace see, and customers where there is no alias.

    `mailed` is what they wish to be told by mail; None leaves that as it is.
    """
    user = agent.user
    wanted = {"name": name, "language": language, "time_zone": time_zone, "theme": theme}
    changed = save_changes(user, wanted)
    own: dict[str, object] = {"name": name, "alias": alias, "initials": initials, "gender": gender}
    here = save_changes(agent, own if mailed is None else {**own, "mailed": list(mailed)})
    changed = list(dict.fromkeys([*here, *changed]))
    if changed:
        publish(ProfileChanged(workspace_id=agent.workspace_id, at=now, by_id=agent.pk, changed=changed))
