"""How one inbox fares, in words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heard.channels.registry import channel
from heard.chat.widgets import has_window
from heard.env import env
from heard.inboxes import connect as connecting
from heard.inboxes.callback import carrier_url, hook_url
from heard.inboxes.models import InboxHealth
from heard.inboxes.spending import costs_money, spent
from heard.inboxes.templates import has_templates
from heard.ingest.health import health
from heard.ingest.queries import can_listen
from heard.ingest.reconcile import reconciles
from heard.web.agents import AgentRequest, for_agents
from heard.web.inboxes import lines
from heard.web.inboxes.found import inbox_or_404
from heard.web.inboxes.history import history_under_way
from heard.web.inboxes.words import troubles
from heard.web.settings.gates import for_admins


@require_GET
@for_agents
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    fares = next(one for one in health(request.agent) if one.inbox == inbox)
    network = channel(inbox.channel)
    granted = InboxHealth.objects.filter(inbox=inbox).values_list("scopes", flat=True).first()
    context = {
        "inbox": inbox,
        "channel": network,
        "health": fares,
        "troubles": troubles(fares, now=timezone.now()),
        "hook_url": hook_url(inbox, env().public_url),
        "carrier_url": carrier_url(inbox, env().public_url),
        "history": history_under_way(inbox, fares.look),
        "can_be_asked": reconciles(inbox) is not None,
        "ignored": lines.ignored(inbox),
        "quarantined": lines.quarantined(inbox),
        "costs_money": costs_money(inbox),
        "spent": spent(inbox, now=timezone.now()),
        "can_listen": can_listen(inbox),
        "has_window": has_window(inbox),
        "templates": inbox.templates.order_by("name", "language") if has_templates(inbox) else None,
        "missing": []
        if granted is None
        else [scope for scope in network.scopes if scope.name not in granted],
    }
    return render(request, "inboxes/health.html", context)


@require_POST
@for_admins
def check(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    try:
        connecting.check(inbox, now=timezone.now())
    except connecting.ConnectFailed as failed:
        messages.error(request, _("The test call failed: %(reason)s") % {"reason": failed.reason})
    else:
        messages.success(request, _("The network answered, and accepts our access."))
    return redirect("inbox", inbox_id=inbox.pk)
