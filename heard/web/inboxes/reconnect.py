"""New access for an inbox that we have: what waits to be sent goes out afterwards."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.channels.contract import Connects, Credentials
from heard.env import env
from heard.inboxes import connect as connecting
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of, plain
from heard.inboxes.models import Inbox
from heard.web.agents import AgentRequest
from heard.web.inboxes.found import channel_or_404, inbox_or_404
from heard.web.inboxes.model_form import ModelForm
from heard.web.settings.gates import for_admins, proved


@require_http_methods(["GET", "POST"])
@for_admins
@proved
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    network = channel_or_404(inbox.channel)
    form = ModelForm(network.credentials, request.POST or None, known=_known(inbox))
    if request.method == "GET" or not form.is_valid():
        return _page(request, inbox, form)
    try:
        connecting.reconnect(
            inbox,
            credentials=cast("Credentials", form.made),
            by=request.agent,
            now=timezone.now(),
            public_url=env().public_url,
        )
    except connecting.ConnectFailed as failed:
        return _page(request, inbox, form, failed=failed.reason)
    messages.success(request, _("“%(name)s” is connected again.") % {"name": inbox.name})
    return redirect("inbox", inbox_id=inbox.pk)


def _known(inbox: Inbox) -> dict[str, Any]:
    try:
        return plain(credentials_of(inbox))
    except (CannotOpen, NotConnected):
        return {"account": inbox.account}


def _page(request: AgentRequest, inbox: Inbox, form: ModelForm, *, failed: str = "") -> HttpResponse:
    network = channel_or_404(inbox.channel)
    context = {
        "inbox": inbox,
        "channel": network,
        "form": form,
        "failed": failed,
        "signs_in": isinstance(network, Connects),
    }
    return render(request, "inboxes/reconnect.html", context, status=422 if form.errors or failed else 200)
