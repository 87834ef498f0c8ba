"""What to say on the way into private, in the customer's language. The agent may write it otherwise."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from heard.replies.models import Variant
from heard.replies.offer import offer, place_for
from heard.replies.offered import offered_to
from heard.taking_private.take_private import PLACE
from heard.tickets.models import Message, Ticket
from heard.tickets.route import NoWay, route
from heard.workspaces.models import Agent

GO_PRIVATE, SOLVED = "sorry-go-private", "solved-note"  # names in the library that Heard brings


def public_words(ticket: Ticket, to: Message, *, by: Agent, now: datetime) -> str:
    found = _saved(GO_PRIVATE, ticket, to, private=False, by=by, now=now)
    with override(_language(ticket)):
        return found or _("I am sorry that this happened. I have just written to you in private about it.")


def private_words(ticket: Ticket, to: Message, *, by: Agent, now: datetime) -> str:
    found = _saved(GO_PRIVATE, ticket, to, private=True, by=by, now=now)
    with override(_language(ticket)):
        words = _(
            "I want to put this right. Please tell me what I need for it here, where only we can read it:"
        )
    return found or f"{words} {PLACE}"


def solved_words(ticket: Ticket, to: Message, *, by: Agent, now: datetime) -> str:
    found = _saved(SOLVED, ticket, to, private=False, by=by, now=now)
    with override(_language(ticket)):
        return found or _("We have solved this together in private.")


def _saved(starter: str, ticket: Ticket, to: Message, *, private: bool, by: Agent, now: datetime) -> str:
    """Empty where the workspace has no such reply, or something in it is left to be filled in."""
    reply = offered_to(by, now=now).filter(starter=starter).first()
    if reply is None:
        return ""
    try:
        way = route(ticket, private=private, to=to)
    except NoWay:
        return ""
    variants = list(Variant.objects.filter(reply=reply).order_by("pk"))
    place = place_for(ticket, way, agent=by)
    found = offer(reply, variants, place, said={"safe_form_link": PLACE} if private else None)
    return found.text if found is not None and not found.filled.missing else ""


def _language(ticket: Ticket) -> str:
    spoken = ticket.language in dict(settings.LANGUAGES)
    return ticket.language if spoken else ticket.workspace.language
