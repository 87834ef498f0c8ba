"""Groups of agents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.people.teams import NameTaken, change_team, make_team, remove_team
from heard.web.agents import AgentRequest
from heard.web.settings.forms import TeamForm
from heard.web.settings.gates import for_admins
from heard.workspaces.models import Team


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    teams = Team.objects.visible_to(request.agent).prefetch_related("members").order_by("name")
    return render(request, "settings/teams.html", {"teams": teams})


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    workspace = request.agent.workspace
    form = TeamForm(request.POST or None, workspace=workspace)
    if request.method == "POST" and form.is_valid():
        try:
            make_team(workspace, **form.cleaned_data, by=request.agent, now=timezone.now())
        except NameTaken:
            form.add_error("name", _name_taken())
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_teams")
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
@for_admins
def team(request: AgentRequest, team_id: int) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.agent), pk=team_id)
    as_it_is = {"name": team.name, "members": team.members.all()}
    form = TeamForm(request.POST or None, workspace=request.agent.workspace, initial=as_it_is)
    if request.method == "POST" and form.is_valid():
        try:
            change_team(team, **form.cleaned_data, by=request.agent, now=timezone.now())
        except NameTaken:
            form.add_error("name", _name_taken())
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_teams")
    return _page(request, form, team)


@require_POST
@for_admins
def remove(request: AgentRequest, team_id: int) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.agent), pk=team_id)
    remove_team(team, by=request.agent, now=timezone.now())
    messages.success(request, _("The team “%(name)s” is gone. Its people stay.") % {"name": team.name})
    return redirect("settings_teams")


def _page(request: AgentRequest, form: TeamForm, team: Team | None) -> HttpResponse:
    context = {"form": form, "team": team}
    return render(request, "settings/team.html", context, status=422 if form.errors else 200)


def _name_taken() -> str:
    return _("Another team has this name.")
