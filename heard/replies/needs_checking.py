"""Right and late beats wrong and fast: the honest holding reply goes out, and the ticket waits on, marked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from heard.replies.models import Variant
from heard.replies.offer import Offer, offer, place_for
from heard.replies.offered import offered_to
from heard.replies.put_in import put_in
from heard.replies.run_macro import NothingToSay
from heard.tickets.draft import place_of
from heard.tickets.models import Draft, Message, Ticket
from heard.tickets.note import note as add_note
from heard.tickets.reopen import NothingToReopen, reopen
from heard.tickets.reply import ReplyStopped
from heard.tickets.reply import reply as reply_to
from heard.tickets.route import Route, route
from heard.tickets.tag import tag
from heard.workspaces.models import Agent

STARTER: Final = "checking"  # as the library calls it
TAG: Final = "needs checking"


@dataclass(frozen=True, slots=True)
class Held:
    """`message` left; or `to_finish` is what somebody has to finish and send. Tag and note are there either way."""

    message: Message | None = None
    to_finish: Offer | None = None
    way: Route | None = None


@transaction.atomic
def hold_for_checking(
    ticket: Ticket,
    *,
    by: Agent,
    now: datetime,
    private: bool = False,
    to: Message | None = None,
    typed: str = "",
    expected: Callable[[], datetime | None] = lambda: None,
) -> Held:
    """`typed` is what was being written: it stays as a note. `expected` says when an answer usually comes.

    Raises NothingToSay, NoWay or BadTag.
    """
    reply = offered_to(by, now=now).filter(starter=STARTER).first()
    way = route(ticket, private=private, to=to)
    variants = list(Variant.objects.filter(reply=reply).order_by("pk")) if reply else []
    found = offer(reply, variants, place_for(ticket, way, agent=by, expected=expected)) if reply else None
    if found is None:
        raise NothingToSay
    tag(ticket, add=[TAG], by=by, now=now)
    if typed.strip():
        add_note(ticket, text=typed, by=by, now=now)
    if found.filled.missing or not by.sends:
        return Held(to_finish=found, way=way)
    try:
        message = _send(ticket, found, way, by=by, now=now)
    except ReplyStopped:
        return Held(to_finish=found, way=way)
    return Held(message=message)


@transaction.atomic
def _send(ticket: Ticket, found: Offer, way: Route, *, by: Agent, now: datetime) -> Message:
    """The reply answers nothing yet: whoever waited waits on."""
    place = place_of(ticket, Draft.Mode.PUBLIC if way.public else Draft.Mode.PRIVATE)
    put = put_in(found, ticket, way=way, place=place, by=by, now=now)
    message = reply_to(
        ticket, text=put.text, by=by, now=now, to=way.target, private=not way.public, language=put.language
    )
    with suppress(NothingToReopen):
        reopen(ticket, by=by, now=now)
    return message
