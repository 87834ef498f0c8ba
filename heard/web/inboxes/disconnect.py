"""End a connection: said plainly before, done after a second yes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.env import env
from heard.inboxes.connect import disconnect
from heard.web.agents import AgentRequest
from heard.web.inboxes.found import channel_or_404, inbox_or_404
from heard.web.settings.gates import for_admins, proved


@require_http_methods(["GET", "POST"])
@for_admins
@proved
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    if request.method == "GET":
        context = {"inbox": inbox, "channel": channel_or_404(inbox.channel)}
        return render(request, "inboxes/disconnect.html", context)
    disconnect(inbox, by=request.agent, now=timezone.now(), public_url=env().public_url)
    messages.success(request, _("“%(name)s” is disconnected. Its tickets are kept.") % {"name": inbox.name})
    return redirect("inboxes")
