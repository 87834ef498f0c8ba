"""The line about a customer's last case, for an answer that nobody else reads, or a note."""

from __future__ import annotations

from typing import Final

from heard.language.last_time import Ended, last_time
from heard.replies.models import SavedReply
from heard.replies.offer import Place
from heard.replies.put_in import PutIn
from heard.tickets.models import Message, Resolution, State, Ticket

LONGEST_ABOUT: Final = 80  # characters


def said_last_time(ticket: Ticket, place: Place) -> PutIn | None:
    """None in public, and where whoever reads it had no other case."""
    if place.about.public:
        return None
    before = _last_case(ticket, place)
    about = _about(before) if before else ""
    if before is None or not about:
        return None
    language = place.wanted.language or place.about.workspace.language
    day = (before.resolved_at or before.created_at).astimezone(place.about.zone).date()
    text = last_time(day, about, _ended(before), language)
    return PutIn(
        text=text, language=language, formality=place.wanted.formality, block=SavedReply.Block.ANSWER
    )


def _last_case(ticket: Ticket, place: Place) -> Ticket | None:
    """Of the one who reads it, who may be another one than the ticket's contact."""
    author = place.about.to.author if place.about.to else None
    contact = author.contact_id if author else ticket.contact_id
    others = Ticket.objects.filter(workspace=ticket.workspace_id, contact=contact).exclude(pk=ticket.pk)
    earlier = others.exclude(resolution__in=(Resolution.SPAM, Resolution.DUPLICATE))
    return earlier.filter(created_at__lte=ticket.created_at).order_by("-created_at", "-pk").first()


def _ended(ticket: Ticket) -> Ended:
    if ticket.state != State.RESOLVED:
        return "open"
    return "solved" if ticket.resolution == Resolution.SOLVED else "closed"


def _about(ticket: Ticket) -> str:
    """Its subject, else how the customer began; short, and on one line."""
    said = ticket.messages.filter(direction=Message.Direction.IN).order_by("at", "pk")
    text = ticket.subject or said.values_list("text", flat=True).first() or ""
    line = " ".join(text.replace("\x00", "").split())
    if len(line) <= LONGEST_ABOUT:
        return line.rstrip(" .,;:!")
    return line[:LONGEST_ABOUT].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
