"""Connect one account of a network by typing in what the network's console shows."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.channels.contract import Channel, Connects, Credentials
from heard.env import env
from heard.inboxes import connect as connecting
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of, plain
from heard.inboxes.models import Inbox
from heard.web.agents import AgentRequest
from heard.web.inboxes import sealed
from heard.web.inboxes.found import channel_or_404
from heard.web.inboxes.guide import guide
from heard.web.inboxes.history import chosen_days, days_choices
from heard.web.inboxes.model_form import ModelForm
from heard.web.settings.gates import for_admins, proved


@require_http_methods(["GET", "POST"])
@for_admins
@proved
def show(request: AgentRequest, channel: str) -> HttpResponse:
    network = channel_or_404(channel)
    if network.made_here:
        raise Http404  # it has a page of its own
    if request.method == "GET":
        return page(request, network)
    form = ModelForm(network.credentials, request.POST, known=sealed.look(request, _typed(network)))
    if not form.is_valid():
        return page(request, network, form=form)
    # Should the network refuse, the secrets need not be typed again.
    sealed.put(request, _typed(network), form.secrets())
    try:
        inbox = save(request, network, cast("Credentials", form.made))
    except connecting.ConnectFailed as failed:
        return page(request, network, form=form, failed=failed.reason)
    sealed.drop(request, _typed(network))
    return redirect("inbox", inbox_id=inbox.pk)


def save(request: AgentRequest, network: Channel[Any], credentials: Credentials) -> Inbox:
    """Raises ConnectFailed."""
    inbox = connecting.connect(
        request.agent.workspace,
        slug=network.slug,
        credentials=credentials,
        by=request.agent,
        now=timezone.now(),
        public_url=env().public_url,
        history_days=chosen_days(request),
    )
    messages.success(request, _("“%(name)s” is connected.") % {"name": inbox.name})
    return inbox


def page(
    request: AgentRequest,
    network: Channel[Any],
    *,
    form: ModelForm | None = None,
    app_form: ModelForm | None = None,
    failed: str = "",
) -> HttpResponse:
    context = {
        "channel": network,
        "guide": guide(network.slug),
        "form": form or ModelForm(network.credentials, known=sealed.look(request, _typed(network))),
        "app_form": app_form or _empty_app_form(request, network),
        "failed": failed,
        "history": days_choices(network),
        "practice": bool(env().sandbox_url) and "base_url" in network.credentials.model_fields,
        "by_hand": bool(form),
    }
    wrong = failed or form or app_form
    return render(request, "inboxes/connect.html", context, status=422 if wrong else 200)


def _empty_app_form(request: AgentRequest, network: Channel[Any]) -> ModelForm | None:
    """None where one cannot connect by signing in at the network."""
    if not isinstance(network, Connects):
        return None
    return ModelForm(network.app, known=app_known(request, network))


def app_known(request: AgentRequest, network: Channel[Any]) -> dict[str, Any]:
    """The app that another inbox of this channel uses: one app serves many pages."""
    connected = Inbox.objects.visible_to(request.agent).filter(channel=network.slug)
    for inbox in connected.exclude(state=Inbox.State.DISCONNECTED).order_by("-pk")[:1]:
        try:
            return plain(credentials_of(inbox))
        except (CannotOpen, NotConnected):
            return {}
    return {}


def _typed(network: Channel[Any]) -> str:
    return f"typed_{network.slug}"
