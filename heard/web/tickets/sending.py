"""What the composer says beside the words: when they go out, who looks them over, whether they are signed."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from heard.contacts.zone import zone_of
from heard.tickets.models import PendingReply, Ticket
from heard.tickets.pending.review import NotAReviewer
from heard.web.agents import AgentRequest
from heard.web.numbers import number_in
from heard.web.tickets.later import time_chosen
from heard.web.times import in_words
from heard.workspaces.models import Agent


class When(TypedDict):
    at: datetime | None
    review: bool
    reviewer: Agent | None
    question: str


def when(request: AgentRequest, ticket: Ticket) -> When:
    """A question that is written counts whichever button was pressed. Raises NoSuchTime or NotAReviewer."""
    question = request.POST.get("question", "").replace("\x00", "").strip()
    return {
        "at": time_chosen(request.POST, zone_of(ticket.contact), now=timezone.now()),
        "review": "review" in request.POST or bool(question),
        "reviewer": _reviewer(request),
        "question": question,
    }


def signs(request: AgentRequest) -> bool:
    """Where the page showed a signature, its box says; elsewhere every reply is signed."""
    return "signs" in request.POST or "signature_shown" not in request.POST


def will_go(pending: PendingReply) -> str:
    if pending.state == PendingReply.State.REVIEW:
        if pending.reviewer is None:
            return _("A colleague looks it over first.")
        return _("{name} looks it over first.").format(name=pending.reviewer.name)
    at = in_words(pending.at) if pending.at else ""
    return _("The reply goes out {time}.").format(time=at)


def _reviewer(request: AgentRequest) -> Agent | None:
    given = request.POST.get("reviewer", "")
    if not given:
        return None
    known = Agent.objects.visible_to(request.agent).filter(is_active=True)
    found = known.filter(pk=number_in(given)).first()
    if found is None:
        raise NotAReviewer
    return found
