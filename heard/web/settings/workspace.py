"""What holds for everybody in the workspace."""

from __future__ import annotations

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.people.workspace import change_workspace
from heard.web.agents import AgentRequest
from heard.web.settings.forms import WorkspaceForm
from heard.web.settings.gates import for_admins


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    workspace = request.agent.workspace
    if request.method == "GET":
        return _page(request, WorkspaceForm(initial=model_to_dict(workspace)))
    form = WorkspaceForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    change_workspace(workspace, **form.cleaned_data, by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("settings_workspace")


def _page(request: AgentRequest, form: WorkspaceForm, status: int = 200) -> HttpResponse:
    return render(request, "settings/workspace.html", {"form": form}, status=status)
