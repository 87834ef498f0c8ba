"""Connect by signing in at the network: there, back again, and which accounts that opens."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from pydantic import BaseModel

from heard.channels.contract import AsksBeforeSignIn, Channel, Connects, Grant, Leaving, ProvesSignIn
from heard.env import env
from heard.inboxes.credentials import plain
from heard.inboxes.wire import NETWORK_ERRORS, wire_for
from heard.web.agents import AgentRequest
from heard.web.inboxes import connect as connecting
from heard.web.inboxes import sealed
from heard.web.inboxes.found import channel_or_404
from heard.web.inboxes.model_form import ModelForm
from heard.web.settings.gates import for_admins, proved

UNDER_WAY = "connect_under_way"
GRANTED = "connect_granted"
LONGEST = timedelta(hours=1)


class NotOurs(Exception):
    """Whoever comes back did not leave from here, or left too long ago."""


@require_POST
@for_admins
@proved
def start(request: AgentRequest, channel: str) -> HttpResponse:
    network = channel_or_404(channel)
    if not isinstance(network, Connects):
        raise Http404
    form = ModelForm(network.app, request.POST, known=connecting.app_known(request, network))
    if not form.is_valid() or form.made is None:
        return connecting.page(request, network, app_form=form)
    return go(request, network, form.made)


def go(request: AgentRequest, network: Any, app: BaseModel) -> HttpResponse:
    """Show the way to the network. A link, not a redirect: the page's policy lets no form lead elsewhere."""
    state = secrets.token_urlsafe(32)
    try:
        leaving = _leaving(network, app, state)
    except NETWORK_ERRORS as error:
        return connecting.page(request, network, failed=str(error))
    kept = {
        "state": state,
        "channel": network.slug,
        "workspace": request.agent.workspace_id,
        "at": timezone.now().timestamp(),
        "app": plain(app),
        "kept": dict(leaving.kept) if leaving else None,
    }
    sealed.put(request, UNDER_WAY, kept)
    url = leaving.url if leaving else network.authorize_url(app, redirect_uri=way_back(network), state=state)
    return render(request, "inboxes/leave.html", {"channel": network, "network_url": url})


def _leaving(network: Channel[Any], app: BaseModel, state: str) -> Leaving | None:
    """Of a network that wants to be asked before anybody signs in there."""
    if not isinstance(network, AsksBeforeSignIn):
        return None
    return network.leave(app, redirect_uri=way_back(network), state=state, wire=_wire(network))


def _wire(network: Channel[Any]) -> Any:
    return wire_for(network.credentials.model_construct())


@require_GET
@for_admins
def back(request: AgentRequest, channel: str) -> HttpResponse:
    network = channel_or_404(channel)
    if not isinstance(network, Connects):
        raise Http404
    try:
        kept = _kept(request, network)
        app = network.app.model_validate(kept["app"])
    except NotOurs:
        return connecting.page(
            request, network, failed=_("That sign-in was not started here, was used, or is too old.")
        )
    if "code" not in request.GET and not kept["kept"]:
        said = request.GET.get("error_description") or _("Nothing was allowed.")
        return connecting.page(request, network, failed=said)
    try:
        granted = _granted(request, network, app, kept)
    except NETWORK_ERRORS as error:
        return connecting.page(request, network, failed=str(error))
    if not granted:
        return connecting.page(
            request, network, failed=_("You look after no account there that Heard may connect.")
        )
    sealed.put(request, GRANTED, {"channel": network.slug, **_told(granted, request)})
    return redirect("inbox_choose", channel=network.slug)


def _granted(request: AgentRequest, network: Any, app: BaseModel, kept: dict[str, Any]) -> list[Grant]:
    """Raises what stands in `NETWORK_ERRORS`."""
    wire = _wire(network)
    if kept["kept"]:
        came_back = request.GET.dict()
        return list(network.grants_of(app, came_back=came_back, kept=kept["kept"], wire=wire))
    proof = {"state": kept["state"]} if isinstance(network, ProvesSignIn) else {}
    return list(
        network.grants(app, code=request.GET["code"], redirect_uri=way_back(network), wire=wire, **proof)
    )


def way_back(network: Channel[Any]) -> str:
    """Where the network sends the person to; it has to be registered there."""
    return env().public_url + reverse("inbox_sign_in_back", kwargs={"channel": network.slug})


def _kept(request: AgentRequest, network: Channel[Any]) -> dict[str, Any]:
    """What was kept when the person left, for this one return. Raises NotOurs."""
    kept = sealed.take(request, UNDER_WAY)
    ours = (
        bool(kept)
        and hmac.compare_digest(kept["state"].encode(), request.GET.get("state", "").encode())
        and (kept["channel"], kept["workspace"]) == (network.slug, request.agent.workspace_id)
        and timezone.now().timestamp() - kept["at"] < LONGEST.total_seconds()
    )
    if not ours:
        raise NotOurs
    return kept


def _told(granted: list[Grant], request: AgentRequest) -> dict[str, Any]:
    return {
        "workspace": request.agent.workspace_id,
        "accounts": [
            {
                "id": grant.account.external_id,
                "name": grant.account.name,
                "credentials": plain(grant.credentials),
            }
            for grant in granted
        ],
    }
