"""After the sign-in at the network: which of the accounts are to be connected."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from heard.channels.contract import Channel
from heard.inboxes.connect import ConnectFailed
from heard.inboxes.models import Inbox
from heard.web.agents import AgentRequest
from heard.web.inboxes import connect as connecting
from heard.web.inboxes import sealed
from heard.web.inboxes.found import channel_or_404
from heard.web.inboxes.history import days_choices
from heard.web.inboxes.sign_in import GRANTED
from heard.web.settings.gates import for_admins


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, channel: str) -> HttpResponse:
    network = channel_or_404(channel)
    accounts = _granted(request, network)
    if not accounts:
        return redirect("inbox_connect", channel=channel)
    if request.method == "GET":
        return _page(request, network, accounts)
    chosen = [account for account in accounts if account["id"] in request.POST.getlist("account")]
    refused = _connect(request, network, chosen)
    if refused or not chosen:
        return _page(request, network, accounts, refused=refused, none_chosen=not chosen)
    sealed.drop(request, GRANTED)
    return redirect("inboxes")


def _connect(request: AgentRequest, network: Channel[Any], chosen: list[dict[str, Any]]) -> dict[str, str]:
    """The names of those that did not work, with the reason."""
    refused = {}
    for account in chosen:
        try:
            connecting.save(request, network, network.credentials.model_validate(account["credentials"]))
        except ConnectFailed as failed:
            refused[account["name"]] = failed.reason
    return refused


def _granted(request: AgentRequest, network: Channel[Any]) -> list[dict[str, Any]]:
    kept = sealed.look(request, GRANTED)
    ours = (kept.get("channel"), kept.get("workspace")) == (network.slug, request.agent.workspace_id)
    accounts: list[dict[str, Any]] = kept["accounts"] if ours else []
    return accounts


def _page(
    request: AgentRequest,
    network: Channel[Any],
    accounts: list[dict[str, Any]],
    *,
    refused: dict[str, str] | None = None,
    none_chosen: bool = False,
) -> HttpResponse:
    connected = Inbox.objects.visible_to(request.agent).filter(
        channel=network.slug, state=Inbox.State.CONNECTED
    )
    context = {
        "channel": network,
        "accounts": [(account["id"], account["name"]) for account in accounts],
        "connected": set(connected.values_list("account", flat=True)),
        "refused": refused or {},
        "history": days_choices(network),
        "none_chosen": none_chosen,
    }
    return render(request, "inboxes/choose.html", context, status=422 if refused or none_chosen else 200)
