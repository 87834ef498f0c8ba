"""What every network allows, as its adapter says. Nothing here is written by hand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from heard.channels.registry import CHANNELS
from heard.channels.told import Told, abilities_told
from heard.web import times
from heard.web.agents import AgentRequest, for_agents


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    told = {
        channel: [(line.label, [_words(one) for one in line.told]) for line in abilities_told(channel)]
        for channel in CHANNELS.values()
    }
    return render(request, "abilities/abilities.html", {"told": told})


def _words(told: Told) -> str:
    params = {
        name: times.number(value) if isinstance(value, int) else _(value)
        for name, value in told.params.items()
    }
    return _(told.text) % params
