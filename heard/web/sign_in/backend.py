"""Who is signed in, read together with where they work: every page asks for both."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from heard.accounts.models import User
from heard.workspaces.models import Agent

AT_WORK = "agents_at_work"


class AtWork(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        agents = list(
            Agent.objects.filter(user=user_id, is_active=True)
            .select_related("user", "workspace")
            .order_by("pk")
        )
        user: User | None = agents[0].user if agents else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        vars(user)[AT_WORK] = agents
        return user
