"""The people who work in this workspace."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest, AskedFor, Limit
from heard.api.numbered import AfterId, id_in, next_id
from heard.api.routes import Query, Router
from heard.workspaces import models

router = Router(tags=["People"])


class Agent(TypedDict):
    id: int
    name: str
    email: str
    role: models.Agent.Role
    active: Annotated[bool, Field(description="Inactive agents keep what they did and can be given nothing.")]


class Agents(TypedDict):
    items: list[Agent]
    next: str | None


class Turning(AskedFor):
    cursor: AfterId | None = None
    limit: Limit = 200


@router.get("", response=reads(Agents, 400), summary="Who works here")
def agents(request: ApiRequest, turning: Query[Turning]) -> HttpResponse:
    rows = models.Agent.objects.visible_to(request.agent).select_related("user")
    found = list(rows.filter(pk__gt=id_in(turning.cursor)).order_by("pk")[: turning.limit + 1])
    listed: Agents = {
        "items": [agent_shape(agent) for agent in found[: turning.limit]],
        "next": next_id(found, turning.limit),
    }
    return answer(listed)


def agent_shape(agent: models.Agent) -> Agent:
    return {
        "id": agent.pk,
        "name": agent.name,
        "email": agent.user.email,
        "role": models.Agent.Role(agent.role),
        "active": agent.is_active,
    }
