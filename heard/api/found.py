"""The inbox that a call names, and who may do more with it than look."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from heard.api.asking import ApiRequest
from heard.api.problems import NOT_ALLOWED, Problem
from heard.inboxes.models import Inbox


def inbox_of(request: ApiRequest, inbox_id: int) -> Inbox:
    """Raises Http404."""
    return get_object_or_404(Inbox.objects.visible_to(request.agent), pk=inbox_id)


def inbox_of_admin(request: ApiRequest, inbox_id: int) -> Inbox:
    """Raises Http404, or Problem for agents who are no admins."""
    inbox = inbox_of(request, inbox_id)
    admins_only(request)
    return inbox


def admins_only(request: ApiRequest) -> None:
    """Raises Problem."""
    if not request.agent.is_admin:
        raise Problem(NOT_ALLOWED)
