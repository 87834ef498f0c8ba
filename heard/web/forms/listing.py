"""All forms, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from heard.env import env
from heard.forms.incident import make_incident_form
from heard.forms.make import make_form
from heard.forms.models import Form
from heard.web.agents import AgentRequest
from heard.web.forms.typed import NewForm
from heard.web.settings.gates import for_admins


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    forms = Form.objects.visible_to(request.agent).select_related("inbox", "mailbox")
    counted = forms.annotate(sent=Count("submissions"), last=Max("submissions__at"))
    return render(request, "forms/listing.html", {"forms": counted.order_by("name", "pk")})


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form.cleaned_data["name"], form.cleaned_data["begins_as"])
        messages.success(request, _("The form is made. Look it over, then turn it on."))
        return redirect("form_edit", form_id=made.pk)
    return render(request, "forms/add.html", {"form": form}, status=422 if form.errors else 200)


def _made(request: AgentRequest, name: str, industry: str) -> Form:
    workspace, now, public_url = request.agent.workspace, timezone.now(), env().public_url
    if not industry:
        language = workspace.language
        return make_form(
            workspace, name=name, language=language, by=request.agent, now=now, public_url=public_url
        )
    return make_incident_form(
        workspace, name=name, industry=industry, by=request.agent, now=now, public_url=public_url
    )
