"""Who works here: add somebody, change what they may do, let them go."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.env import env
from heard.people import add as adding
from heard.people import come_back as coming_back
from heard.people import leave as leaving
from heard.people.last_admin import LastAdmin
from heard.people.override_right import change_override_right
from heard.people.reach import AtWorkElsewhere
from heard.people.role import change_role
from heard.people.sends import change_sends
from heard.people.sign_in_link import NotAtWork, give_sign_in_link
from heard.web.agents import AgentRequest
from heard.web.settings.forms import PersonForm, RightsForm, RoleForm, SendsForm
from heard.web.settings.gates import for_admins, proved
from heard.workspaces.models import Agent


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    return render(request, "settings/people.html", {"people": _people(request)})


@require_http_methods(["GET", "POST"])
@for_admins
@proved
def add(request: AgentRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "settings/person_add.html", {"form": PersonForm()})
    form = PersonForm(request.POST)
    if form.is_valid() and (added := _added(request, form)):
        return render(request, "settings/person_link.html", {"person": added.agent, "link": added.link})
    return render(request, "settings/person_add.html", {"form": form}, status=422)


def _added(request: AgentRequest, form: PersonForm) -> adding.Added | None:
    typed = form.cleaned_data
    try:
        return adding.add(
            request.agent.workspace,
            email=typed["email"],
            name=typed["name"],
            role=Agent.Role(typed["role"]),
            by=request.agent,
            now=timezone.now(),
            public_url=env().public_url,
        )
    except adding.AlreadyHere:
        form.add_error("email", _("This person is in the list already. Somebody who left can come back."))
    except AtWorkElsewhere:
        form.add_error("email", _at_work_elsewhere())
    return None


@require_GET
@for_admins
@proved
def person(request: AgentRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(_people(request), pk=agent_id)
    return _page(request, agent)


@require_POST
@for_admins
@proved
def role(request: AgentRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(_people(request), pk=agent_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, agent, form=form)
    try:
        change_role(agent, role=Agent.Role(form.cleaned_data["role"]), by=request.agent, now=timezone.now())
    except LastAdmin:
        return _page(request, agent, problem=_last_admin())
    messages.success(request, _("Saved."))
    if request.agent.pk == agent.pk:
        return redirect("settings")  # who has just stopped being an admin may not see the page they came from
    return redirect("settings_person", agent_id=agent.pk)


@require_POST
@for_admins
@proved
def rights(request: AgentRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(_people(request), pk=agent_id)
    may_override = "may_override" in request.POST
    change_override_right(agent, may_override=may_override, by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("settings_person", agent_id=agent.pk)


@require_POST
@for_admins
@proved
def sends(request: AgentRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(_people(request), pk=agent_id)
    change_sends(agent, sends="sends" in request.POST, by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("settings_person", agent_id=agent.pk)


@require_POST
@for_admins
@proved
def link(request: AgentRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(_people(request), pk=agent_id)
    try:
        made = give_sign_in_link(agent, by=request.agent, now=timezone.now(), public_url=env().public_url)
    except AtWorkElsewhere:
        return _page(request, agent, problem=_at_work_elsewhere())
    except NotAtWork:
        return _page(request, agent, problem=_("This person has left. Let them come back first."))
    return render(request, "settings/person_link.html", {"person": agent, "link": made})


@require_POST
@for_admins
@proved
def leave(request: AgentRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(_people(request), pk=agent_id)
    try:
        leaving.leave(agent, by=request.agent, now=timezone.now())
    except LastAdmin:
        return _page(request, agent, problem=_last_admin())
    messages.success(request, _("%(name)s can no longer sign in here.") % {"name": agent.name})
    return redirect("settings_people")


@require_POST
@for_admins
@proved
def come_back(request: AgentRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(_people(request), pk=agent_id)
    coming_back.come_back(agent, by=request.agent, now=timezone.now())
    messages.success(request, _("%(name)s works here again.") % {"name": agent.name})
    return redirect("settings_person", agent_id=agent.pk)


def _people(request: AgentRequest) -> QuerySet[Agent]:
    return Agent.objects.visible_to(request.agent).select_related("user").order_by("-is_active", "name", "pk")


def _page(
    request: AgentRequest, agent: Agent, *, problem: str = "", form: RoleForm | None = None
) -> HttpResponse:
    context = {
        "person": agent,
        "form": form or RoleForm(initial={"role": agent.role}),
        "rights": RightsForm(initial={"may_override": agent.may_override}),
        "sending": SendsForm(initial={"sends": agent.sends}),
        "problem": problem,
        "teams": agent.team_set.order_by("name"),
    }
    return render(request, "settings/person.html", context, status=422 if problem or form else 200)


def _last_admin() -> str:
    return _("This is the only admin. Make somebody else an admin first.")


def _at_work_elsewhere() -> str:
    return _(
        "This account also works in a workspace whose admin you are not, so you cannot give it a new way in. "
        "Ask for another address of the same person."
    )
