"""Which saved replies an agent may put into an answer today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from heard.replies.models import SavedReply
from heard.workspaces.models import Agent, OfWorkspace


def usable_by(agent: Agent, *, today: date) -> OfWorkspace[SavedReply]:
    """Approved ones, and their own drafts; admins may use every draft. What has expired is over."""
    here = SavedReply.objects.visible_to(agent).filter(archived_at=None)
    here = here.filter(Q(expires_on=None) | Q(expires_on__gte=today))
    if agent.is_admin:
        return here
    return here.filter(Q(approval=SavedReply.Approval.APPROVED) | Q(owner=agent))
