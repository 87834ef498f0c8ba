"""Connect the simulated network that comes with Heard, where one runs beside it."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from pydantic import BaseModel, ValidationError

from heard import outbound
from heard.channels.contract import Channel, Connects, Credentials
from heard.env import env
from heard.inboxes.connect import ConnectFailed
from heard.inboxes.wire import outbound as way_out
from heard.web.agents import AgentRequest
from heard.web.inboxes import connect as connecting
from heard.web.inboxes import sign_in as signing_in
from heard.web.inboxes.found import channel_or_404
from heard.web.settings.gates import for_admins, proved


@require_POST
@for_admins
@proved
def connect(request: AgentRequest, channel: str) -> HttpResponse:
    network = channel_or_404(channel)
    try:
        credentials = cast("Credentials", _asked(network, "credentials", network.credentials))
        inbox = connecting.save(request, network, credentials)
    except ConnectFailed as failed:
        return connecting.page(request, network, failed=failed.reason)
    return redirect("inbox", inbox_id=inbox.pk)


@require_POST
@for_admins
@proved
def sign_in(request: AgentRequest, channel: str) -> HttpResponse:
    network = channel_or_404(channel)
    if not isinstance(network, Connects):
        raise Http404
    try:
        app = _asked(network, "app", network.app)
    except ConnectFailed as failed:
        return connecting.page(request, network, failed=failed.reason)
    return signing_in.go(request, network, app)


def _asked(network: Channel[Any], what: str, model: type[BaseModel]) -> BaseModel:
    """Raises ConnectFailed, or Http404 where no simulated network was configured."""
    if not env().sandbox_url:
        raise Http404
    try:
        answer = way_out().call("GET", f"{env().sandbox_url}/control/{network.slug}/{what}")
        return model.model_validate(json.loads(answer.body))
    except (outbound.Refused, outbound.Unreachable, outbound.Broken) as error:
        raise ConnectFailed(_("The practice network cannot be reached: %s.") % error) from error
    except (ValidationError, ValueError) as error:
        raise ConnectFailed(_("The practice network has no such account.")) from error
