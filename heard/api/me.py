"""Who asks, and where they work."""

from __future__ import annotations

from django.http import HttpResponse
from typing_extensions import TypedDict

from heard.api.agents import Agent, agent_shape
from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest
from heard.api.routes import Router

router = Router(tags=["People"])


class Workspace(TypedDict):
    id: int
    name: str
    slug: str
    language: str
    time_zone: str
    number_prefix: str
    undo_seconds: int
    reopen_within_hours: int


class Me(TypedDict):
    agent: Agent
    language: str
    time_zone: str
    workspace: Workspace


@router.get("", response=reads(Me), summary="Who this token acts as")
def me(request: ApiRequest) -> HttpResponse:
    agent = request.agent
    place = agent.workspace
    shown: Me = {
        "agent": agent_shape(agent),
        "language": agent.user.language,
        "time_zone": agent.user.time_zone,
        "workspace": {
            "id": place.pk,
            "name": place.name,
            "slug": place.slug,
            "language": place.language,
            "time_zone": place.time_zone,
            "number_prefix": place.number_prefix,
            "undo_seconds": place.undo_seconds,
            "reopen_within_hours": place.reopen_within_hours,
        },
    }
    return answer(shown)
