"""The ways in that a person has. Changing them happens on allauth's pages."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from heard.web.agents import AgentRequest, for_agents


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    user = request.agent.user
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "has_password": user.has_usable_password(),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "sessions": len(UserSession.objects.purge_and_list(user)),
    }
    return render(request, "settings/security.html", context)
