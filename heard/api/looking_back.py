"""Ask a network what it holds, and see how far the last look came."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import ApiRequest, Asked, Id
from heard.api.found import inbox_of, inbox_of_admin
from heard.api.moments import Moment
from heard.api.problems import CONFLICT, Problem
from heard.api.routes import Router
from heard.inboxes.models import Inbox
from heard.ingest.models import Reconciliation
from heard.ingest.reconcile import begin, reconciles

router = Router(tags=["Inboxes"])

LookState = Annotated[
    Reconciliation.State, WithJsonSchema({"type": "string", "enum": Reconciliation.State.values})
]


class LookBack(TypedDict):
    """Counts are of messages."""

    reason: str
    state: LookState
    since: datetime
    until: datetime
    reached: Annotated[datetime, Field(description="Everything before this has been asked for.")]
    listed: Annotated[int, Field(description="Named by the network.")]
    found: Annotated[int, Field(description="Of these, new to us.")]
    changed: int
    removed: int
    problem: str
    started_at: datetime
    ended_at: datetime | None


class Since(Asked):
    since: Annotated[
        Moment | None, Field(description="Null: since the last good time, with some hours of overlap.")
    ] = None


@router.get("/{int:inbox_id}/reconcile", response=reads(LookBack, 404), summary="The last look back")
def last_look_back(request: ApiRequest, inbox_id: Id) -> HttpResponse:
    """404 where there was none yet."""
    return _newest(inbox_of(request, inbox_id))


@router.post("/{int:inbox_id}/reconcile", response=writes(LookBack, 403, 404, status=202))
def look_back(request: ApiRequest, inbox_id: Id, body: Since | None = None) -> HttpResponse:
    """Find what no hook told. One that is under way goes on, and is answered. For admins."""
    inbox, now = inbox_of_admin(request, inbox_id), timezone.now()
    if reconciles(inbox) is None or inbox.state != Inbox.State.CONNECTED:
        words = _("This inbox cannot be asked what its network holds.")
        raise Problem(CONFLICT, words, {"code": "cannot_be_asked"})
    begin(inbox, reason=Reconciliation.Reason.ASKED, now=now, since=body.since if body else None)
    return _newest(inbox, status=202)


def _newest(inbox: Inbox, *, status: int = 200) -> HttpResponse:
    found = Reconciliation.objects.filter(inbox=inbox).order_by("-pk")
    row = get_object_or_404(found[:1])
    shown: LookBack = {
        "reason": row.reason,
        "state": Reconciliation.State(row.state),
        "since": row.since,
        "until": row.until,
        "reached": row.reached,
        "listed": row.listed,
        "found": row.found,
        "changed": row.changed,
        "removed": row.removed,
        "problem": row.problem,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
    }
    return answer(shown, status)
