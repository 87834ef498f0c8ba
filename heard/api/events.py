"""Everything that happened, as a feed to follow."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads
from heard.api.asking import ApiRequest, AskedFor, Limit
from heard.api.numbered import id_in, next_id
from heard.api.people import AgentName, agent_name
from heard.api.routes import Query, Router
from heard.events.models import EventRecord

router = Router(tags=["Events"])

# A number is drawn before its row is committed. Read in between, the feed would step over the slower
# row for good: it ends before the oldest transaction that is still under way. Compared by age, because
# the numbers of transactions wrap around.
ALL_BEFORE_ARE_IN = "age(events_eventrecord.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)"


class Event(TypedDict):
    """A past fact. `payload` holds what this kind of event has beside the rest."""

    id: int
    kind: str
    at: datetime
    by: Annotated[AgentName | None, Field(description="Null where no agent did it.")]
    ticket: Annotated[int | None, Field(description="Its number.")]
    payload: dict[str, Any]


class Events(TypedDict):
    items: list[Event]
    next: str | None


class Following(AskedFor):
    after: Annotated[
        str | None, Field(max_length=200, description="Id of the last event that you have seen.")
    ] = None
    limit: Limit = 200


@router.get("", response=reads(Events, 400), summary="Follow what happens")
def events(request: ApiRequest, following: Query[Following]) -> HttpResponse:
    """Oldest first. To follow the feed, ask again with the id of the last event: none is left out."""
    rows = EventRecord.objects.visible_to(request.agent).filter(pk__gt=id_in(following.after))
    settled = rows.extra(where=[ALL_BEFORE_ARE_IN]).select_related("by").order_by("pk")
    found = list(settled[: following.limit + 1])
    listed: Events = {
        "items": [_shape(row) for row in found[: following.limit]],
        "next": next_id(found, following.limit),
    }
    return answer(listed)


def _shape(row: EventRecord) -> Event:
    return {
        "id": row.pk,
        "kind": row.kind,
        "at": row.at,
        "by": agent_name(row.by),
        "ticket": row.payload.get("number"),
        "payload": {name: value for name, value in row.payload.items() if name != "number"},
    }
