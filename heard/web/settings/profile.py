"""What a person decides about themselves, and in which workspace they work now."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.accounts.models import User
from heard.people.profile import change_profile
from heard.web.agents import WORKSPACE, AgentRequest, for_agents
from heard.web.settings.forms import ProfileForm
from heard.workspaces.models import Agent


@require_http_methods(["GET", "POST"])
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, ProfileForm(initial=_as_it_is(request.agent), is_admin=request.agent.is_admin))
    form = ProfileForm(request.POST, is_admin=request.agent.is_admin)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data
    change_profile(request.agent, **{**typed, "theme": User.Theme(typed["theme"])}, now=timezone.now())
    # Said in the language that was just chosen.
    with translation.override(typed["language"]):
        messages.success(request, _("Saved."))
    return redirect("settings")


@require_POST
@for_agents
def switch(request: AgentRequest) -> HttpResponse:
    """Work in another workspace from now on."""
    wanted = request.POST.get("workspace", "")
    own = Agent.objects.filter(user=request.agent.user_id, is_active=True).values_list(
        "workspace_id", flat=True
    )
    if wanted not in map(str, own):
        raise Http404
    request.session[WORKSPACE] = int(wanted)
    return redirect("/")


def _page(request: AgentRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    others = Agent.objects.filter(user=request.agent.user_id, is_active=True).exclude(pk=request.agent.pk)
    context = {"form": form, "elsewhere": others.select_related("workspace").order_by("workspace__name")}
    return render(request, "settings/profile.html", context, status=status)


def _as_it_is(agent: Agent) -> dict[str, object]:
    user = agent.user
    return {
        **{name: getattr(agent, name) for name in ("name", "alias", "initials", "gender", "mailed")},
        **{name: getattr(user, name) for name in ("language", "time_zone", "theme")},
    }
