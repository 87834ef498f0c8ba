"""What every network allows, as its adapter says. Nothing here is written by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from heard.channels.contract import Channel
from heard.channels.registry import CHANNELS
from heard.channels.told import Told, abilities_told
from heard.web import times
from heard.web.agents import AgentRequest, for_agents
from heard.web.inboxes.found import channel_or_404, inbox_or_404

Words = list[tuple[str, list[str]]]


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    told = {channel: _lines(channel) for channel in CHANNELS.values()}
    return render(request, "abilities/abilities.html", {"told": told, "inbox": None})


@require_GET
@for_agents
def of_inbox(request: AgentRequest, inbox_id: int) -> HttpResponse:
    """What this very account allows: some networks let some accounts do more than others."""
    inbox = inbox_or_404(request, inbox_id)
    channel = channel_or_404(inbox.channel)
    context = {"told": {channel: _lines(channel, plan=inbox.plan)}, "inbox": inbox}
    return render(request, "abilities/abilities.html", context)


def _lines(channel: Channel[Any], *, plan: str = "") -> Words:
    return [
        (_(line.label), [_words(one) for one in line.told]) for line in abilities_told(channel, plan=plan)
    ]


def _words(told: Told) -> str:
    params = {
        name: times.number(value) if isinstance(value, int) else _(value)
        for name, value in told.params.items()
    }
    return _(told.text) % params
