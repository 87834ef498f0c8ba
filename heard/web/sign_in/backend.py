"""Who is signed in, read together with where they work: every page asks for both."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from heard.accounts.models import User
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

AT_WORK = "agents_at_work"


class AtWork(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        agents = _at_work(user=user_id)
        user: User | None = agents[0].user if agents else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        vars(user)[AT_WORK] = agents
        return user


@prepared
def _at_work(*, user: int) -> QuerySet[Agent]:
    return Agent.objects.filter(user=user, is_active=True).select_related("user", "workspace").order_by("pk")
