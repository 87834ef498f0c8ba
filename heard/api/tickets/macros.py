"""Macros: which there are, and one of them at work in a ticket."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, Id
from heard.api.findings import found
from heard.api.problems import Found
from heard.api.routes import Router
from heard.api.tickets.bodies import MessageOfTicket
from heard.api.tickets.named import named_message
from heard.api.tickets.read import ticket_of
from heard.placeholders.known import PLACEHOLDERS
from heard.replies import models
from heard.replies.macros import macros_of
from heard.replies.run_macro import Ran, run_macro
from heard.replies.typed import typed_values
from heard.tickets.models import Resolution

router = Router(tags=["Tickets"])
listing = Router(tags=["Saved replies"])


class Macro(TypedDict):
    """What it does: reply, assign, tag, snooze, resolve, in this order."""

    id: int
    name: str
    key: Annotated[str, Field(description="Pressed after `m` on the agent's screen.")]
    reply: Annotated[int | None, Field(description="Id of a saved reply.")]
    sends: Annotated[
        bool, Field(description="At once, if nothing is left to fill in and the gate is silent.")
    ]
    assignee: Annotated[int | None, Field(description="Id of an agent.")]
    assigns_me: Annotated[bool, Field(description="Assigns the ticket to whoever runs it.")]
    team: int | None
    tags: list[str]
    snooze_hours: int | None
    resolution: Resolution | None
    resolution_note: str


class Macros(TypedDict):
    items: list[Macro]
    next: None


class RunMacro(Asked):
    private: bool = False
    to: MessageOfTicket = None
    values: Annotated[
        dict[
            Annotated[str, Field(max_length=60, pattern=TEXT)],
            Annotated[str, Field(max_length=2_000, pattern=TEXT)],
        ],
        Field(
            max_length=100,
            description="For placeholders that Heard cannot fill: dates as 2026-11-22, moments as "
            "2026-11-22T14:30, amounts beside their `.currency`.",
        ),
    ] = {}  # noqa: RUF012  pydantic copies it


class MacroRan(TypedDict):
    done: Annotated[bool, Field(description="False: nothing was done. The text has to be finished first.")]
    message: Annotated[int | None, Field(description="Id of the message that was queued.")]
    text: Annotated[str, Field(description="As it stands, where it was not sent.")]
    missing: Annotated[list[str], Field(description="Placeholders in it that nobody has filled in.")]
    findings: Annotated[list[Found], Field(description="What the gate found in it.")]


@listing.get("", response=reads(Macros), summary="All macros, by name")
def macros(request: ApiRequest) -> HttpResponse:
    listed: Macros = {"items": [_shape(one) for one in macros_of(request.agent)], "next": None}
    return answer(listed)


@router.post("/{int:number}/macros/{int:macro_id}", response=writes(MacroRan, 404))
def run(request: ApiRequest, number: Id, macro_id: Id, body: RunMacro | None = None) -> HttpResponse:
    """All that the macro does, or nothing. A reply with blanks or findings is not sent, but given back."""
    ticket, body = ticket_of(request.agent, number), body or RunMacro()
    macro = get_object_or_404(models.Macro.objects.visible_to(request.agent), pk=macro_id)
    zone = ZoneInfo(request.agent.workspace.time_zone)
    said = typed_values(PLACEHOLDERS.values(), body.values, typed_in=zone, read_in=zone)
    ran = run_macro(
        ticket,
        macro,
        by=request.agent,
        now=timezone.now(),
        private=body.private,
        to=named_message(ticket, body.to, field="to"),
        said=said,
    )
    return answer(_ran(ran))


def _ran(ran: Ran) -> MacroRan:
    left = ran.to_finish
    return {
        "done": left is None,
        "message": ran.message.pk if ran.message else None,
        "text": left.text if left else "",
        "missing": list(dict.fromkeys(one.name for one in left.filled.missing)) if left else [],
        "findings": [found(one) for one in ran.findings],
    }


def _shape(macro: models.Macro) -> Macro:
    return {
        "id": macro.pk,
        "name": macro.name,
        "key": macro.key,
        "reply": macro.reply_id,
        "sends": macro.sends,
        "assignee": macro.assignee_id,
        "assigns_me": macro.assigns_me,
        "team": macro.team_id,
        "tags": macro.tags,
        "snooze_hours": macro.snooze_hours,
        "resolution": Resolution(macro.resolution) if macro.resolution else None,
        "resolution_note": macro.resolution_note,
    }
