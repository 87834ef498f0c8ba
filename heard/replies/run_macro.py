"""A macro at work: a saved reply and what is done beside it, all or nothing.

Whatever goes out passes the gate as every reply does. What is not fit to send, because a blank is open or the gate
found something, is handed back to be finished, and nothing else is done until it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from heard.checks.finding import Finding
from heard.placeholders.fill import Value
from heard.replies.models import Macro, Variant
from heard.replies.offer import Offer, offer, place_for
from heard.replies.offered import offered_to
from heard.replies.put_in import put_in
from heard.replies.then import act, wait_with
from heard.tickets.draft import place_of
from heard.tickets.models import Draft, Message, PendingReply, Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.send import send
from heard.tickets.reply import ReplyStopped
from heard.tickets.reply import reply as reply_to
from heard.tickets.route import Route, route
from heard.workspaces.models import Agent


class NothingToSay(Exception):
    """The macro's saved reply is not to be had any more, or no variant of it may go there."""


@dataclass(frozen=True, slots=True)
class Ran:
    """Either all is done, and `message` is what was queued, if anything was. Or nothing is done, and `to_finish`
    is what somebody has to finish and send by `way`: `send_with` does the rest then. `findings` say what stopped it.
    """

    message: Message | None = None
    to_finish: Offer | None = None
    way: Route | None = None
    findings: Sequence[Finding] = ()


def run_macro(
    ticket: Ticket,
    macro: Macro,
    *,
    by: Agent,
    now: datetime,
    private: bool = False,
    to: Message | None = None,
    said: Mapping[str, Value] | None = None,
) -> Ran:
    """`said` fills blanks of the reply.

    Raises NothingToSay, NoWay, and what the verbs raise: NotAColleague, BadTag, CannotSnooze, StillWaiting.
    """
    if macro.reply_id is None:
        act(ticket, macro, message=None, by=by, now=now)
        return Ran()
    way = route(ticket, private=private, to=to)
    found = _offer(ticket, macro, way, by=by, now=now, said=said)
    if not macro.sends or not by.sends or found.filled.missing:
        return Ran(to_finish=found, way=way)
    try:
        return Ran(message=_send(ticket, macro, found, way, by=by, now=now))
    except ReplyStopped as stopped:
        return Ran(to_finish=found, way=way, findings=stopped.findings)


def send_with(
    ticket: Ticket, macro: Macro | None, composed: Composed, *, by: Agent, now: datetime, **when: Any
) -> Message | PendingReply:
    """The reply as somebody finished it, and what the macro does beside. Without a macro, the reply alone.

    With what waits, for its time or for a colleague, the rest waits too: it is done when that leaves, and not at
    all if it comes back. `when` is what `send` takes.
    """
    if macro is None:
        return send(ticket, composed, by=by, now=now, **when)
    with transaction.atomic():
        sent = send(ticket, composed, by=by, now=now, **when)
        if isinstance(sent, PendingReply):
            wait_with(sent, macro)
        else:
            act(ticket, macro, message=sent, by=by, now=now)
    return sent


@transaction.atomic
def _send(ticket: Ticket, macro: Macro, found: Offer, way: Route, *, by: Agent, now: datetime) -> Message:
    place = place_of(ticket, Draft.Mode.PUBLIC if way.public else Draft.Mode.PRIVATE)
    put = put_in(found, ticket, way=way, place=place, by=by, now=now)
    message = reply_to(
        ticket,
        text=put.text,
        by=by,
        now=now,
        to=way.target,
        private=not way.public,
        files=put.files,
        language=put.language,
    )
    act(ticket, macro, message=message, by=by, now=now)
    return message


def _offer(
    ticket: Ticket, macro: Macro, way: Route, *, by: Agent, now: datetime, said: Mapping[str, Value] | None
) -> Offer:
    reply = offered_to(by, now=now).filter(macros=macro).first()
    if reply is None:
        raise NothingToSay
    variants: Sequence[Variant] = list(Variant.objects.filter(reply=reply).order_by("pk"))
    found = offer(reply, variants, place_for(ticket, way, agent=by), said=said)
    if found is None:
        raise NothingToSay
    return found
