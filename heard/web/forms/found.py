"""What the address of a page names, as far as it exists for who asks."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from heard.forms.models import Field, Form, IssueKind
from heard.web.agents import AgentRequest


def form_or_404(request: AgentRequest, form_id: int) -> Form:
    known = Form.objects.visible_to(request.agent).select_related("workspace", "inbox", "mailbox")
    return get_object_or_404(known, pk=form_id)


def field_or_404(request: AgentRequest, form_id: int, field_id: int) -> Field:
    known = Field.objects.visible_to(request.agent).select_related("form__workspace", "shown_when")
    return get_object_or_404(known, pk=field_id, form=form_id)


def issue_or_404(request: AgentRequest, issue_id: int) -> IssueKind:
    known = IssueKind.objects.visible_to(request.agent).select_related("workspace", "team", "parent")
    return get_object_or_404(known, pk=issue_id)
