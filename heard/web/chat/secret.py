"""The secret with which a web site proves who its visitors are. Shown once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.chat.widgets import drop_secrets, make_secret
from heard.web.agents import AgentRequest
from heard.web.chat.found import window_or_404
from heard.web.settings.gates import for_admins, proved


@require_http_methods(["GET", "POST"])
@for_admins
@proved
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    widget = window_or_404(request, inbox_id)
    made = ""
    if request.method == "POST":
        made = make_secret(widget, by=request.agent, now=timezone.now())
    context = {"inbox": widget.inbox, "made": made, "has_one": bool(widget.sealed_secrets)}
    return render(request, "chat/secret.html", context)


@require_POST
@for_admins
@proved
def drop(request: AgentRequest, inbox_id: int) -> HttpResponse:
    widget = window_or_404(request, inbox_id)
    every = request.POST.get("which") == "all"
    drop_secrets(widget, all=every, by=request.agent, now=timezone.now())
    messages.success(
        request,
        _("No secret counts any more.") if every else _("Only the newest secret counts from now on."),
    )
    return redirect("inbox_chat", inbox_id=inbox_id)
