"""How far an admin's power over a person's account goes.

Whoever can make a sign-in link for an account is, for a day, that person: also in every other workspace
where the person works. So it takes an admin of all of them.
"""

from __future__ import annotations

from heard.accounts.models import User
from heard.workspaces.models import Agent


class AtWorkElsewhere(Exception):
    """The account also works in a workspace whose admin this admin is not."""


def check_reach(user: User, *, by: Agent) -> None:
    """Raises AtWorkElsewhere."""
    theirs = set(Agent.objects.filter(user=user).values_list("workspace_id", flat=True))
    ours = Agent.objects.filter(user=by.user_id, role=Agent.Role.ADMIN, is_active=True)
    if theirs - set(ours.values_list("workspace_id", flat=True)):
        raise AtWorkElsewhere
