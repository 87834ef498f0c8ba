"""The same case elsewhere: by e-mail, by telephone, and calls as they were written down."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, writes
from heard.api.asking import TEXT, ApiRequest, Asked, Id, Line
from heard.api.messages.read import answer_message
from heard.api.messages.shape import Message
from heard.api.moments import Moment
from heard.api.routes import Router
from heard.api.tickets.bodies import Text
from heard.api.tickets.read import answer_ticket, ticket_of
from heard.api.tickets.shape import Ticket
from heard.inboxes.models import Inbox
from heard.tickets import models
from heard.tickets.call import Report, log_call
from heard.tickets.continue_elsewhere import continue_by_email, continue_by_phone

router = Router(tags=["Tickets"])

Number = Annotated[str, Field(max_length=40, pattern=TEXT, description="As E.164, or as people write it.")]
Short = Annotated[str, Field(max_length=100, pattern=TEXT)]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]


class ContinueByEmail(Asked):
    address: Annotated[str, Field(max_length=200, pattern=TEXT)]
    inbox: Annotated[Id, Field(description="Of e-mail.")]


class Bound(TypedDict):
    """A thread that the case goes on in. `via` of a reply names it."""

    via: int
    kind: str
    inbox: int
    address: str


class CallBack(Asked):
    number: Number
    at: Moment
    note: Line = ""


class Call(Asked):
    number: Number
    incoming: bool
    at: Annotated[Moment | None, Field(description="Without it, now.")] = None
    text: Annotated[Text, Field(description="What was said.")] = ""
    result: Annotated[models.Call.Result, Field(strict=False)]
    waits: Annotated[bool, Field(description="What was asked in it still waits for an answer of ours.")] = (
        False
    )
    answers: Annotated[bool, Field(description="It answered all that waited in the ticket before.")] = False
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    reporter: Annotated[str, Field(max_length=200, pattern=TEXT)] = ""
    came_by: Short = ""
    issue: Short = ""
    sub_issue: Short = ""
    severity: Annotated[models.Call.Severity | None, Field(strict=False)] = None
    people_affected: Count | None = None
    safety_risk: bool | None = None
    steps_tried: Annotated[str, Field(max_length=5_000, pattern=TEXT)] = ""


@router.post("/{int:number}/continue", response=writes(Bound, 404, status=201), summary="Go on by e-mail")
def by_email(request: ApiRequest, number: Id, body: ContinueByEmail) -> HttpResponse:
    """The ticket keeps its number. Nothing is sent; asked again, it is the same thread."""
    ticket = ticket_of(request.agent, number)
    inbox = get_object_or_404(Inbox.objects.visible_to(request.agent), pk=body.inbox)
    thread = continue_by_email(
        ticket, address=body.address, inbox=inbox, by=request.agent, now=timezone.now()
    )
    address = thread.identity.address if thread.identity else ""
    made: Bound = {"via": thread.pk, "kind": thread.kind, "inbox": inbox.pk, "address": address}
    return answer(made, 201)


@router.post("/{int:number}/call-back", response=writes(Ticket, 404), summary="Promise a call")
def call_back(request: ApiRequest, number: Id, body: CallBack) -> HttpResponse:
    ticket = ticket_of(request.agent, number)
    continue_by_phone(
        ticket, number=body.number, at=body.at, note=body.note, by=request.agent, now=timezone.now()
    )
    return answer_ticket(request.agent, number)


@router.post("/{int:number}/calls", response=writes(Message, 404, status=201), summary="Write down a call")
def calls(request: ApiRequest, number: Id, body: Call) -> HttpResponse:
    """A call about this ticket that was made. It becomes a message of the kind `call`."""
    ticket, now = ticket_of(request.agent, number), timezone.now()
    message = log_call(
        ticket,
        number=body.number,
        incoming=body.incoming,
        at=body.at or now,
        text=body.text,
        report=_report(body),
        waits=body.waits,
        answers=body.answers,
        by=request.agent,
        now=now,
    )
    return answer_message(request.agent, message.pk, status=201)


def _report(body: Call) -> Report:
    return Report(
        result=body.result,
        minutes=body.minutes,
        reporter=body.reporter,
        came_by=body.came_by,
        issue=body.issue,
        sub_issue=body.sub_issue,
        severity=body.severity or "",
        people_affected=body.people_affected,
        safety_risk=body.safety_risk,
        steps_tried=body.steps_tried,
    )
