"""A person's own API tokens."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.people.tokens import issue_token, revoke_token
from heard.web.agents import AgentRequest, for_agents
from heard.web.settings.forms import TokenForm
from heard.web.settings.gates import proved
from heard.workspaces.models import ApiToken


@require_http_methods(["GET", "POST"])
@for_agents
@proved
def show(request: AgentRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    secret = issue_token(request.agent, name=form.cleaned_data["name"], now=timezone.now())
    return _page(request, TokenForm(), secret=secret)


@require_POST
@for_agents
@proved
def revoke(request: AgentRequest, token_id: int) -> HttpResponse:
    token = get_object_or_404(_own(request), pk=token_id)
    revoke_token(token, by=request.agent, now=timezone.now())
    messages.success(request, _("“%(name)s” no longer opens anything.") % {"name": token.name})
    return redirect("settings_tokens")


def _own(request: AgentRequest) -> QuerySet[ApiToken]:
    return ApiToken.objects.visible_to(request.agent).filter(agent=request.agent).select_related("agent")


def _page(request: AgentRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    tokens = _own(request).filter(revoked_at=None).order_by("-pk")
    context = {"form": form, "secret": secret, "tokens": tokens}
    return render(request, "settings/tokens.html", context, status=status)
