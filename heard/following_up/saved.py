"""A saved reply asks instead of the fixed words, in the variant that fits the customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from heard.events.publishing import publish
from heard.following_up.events import FollowUpReplyChanged
from heard.following_up.models import FollowUpReply, Kind
from heard.replies.models import SavedReply, Variant
from heard.replies.offer import Offer, offer, place_for
from heard.replies.offered import approved_in
from heard.replies.pick import Because
from heard.tickets.models import Message, Ticket
from heard.tickets.route import NoWay, route
from heard.workspaces.models import Agent, Workspace


class NotOffered(Exception):
    """Not of this workspace, or nobody may use it."""


@transaction.atomic
def choose_replies(
    workspace: Workspace, chosen: Mapping[str, SavedReply | None], *, by: Agent, now: datetime
) -> None:
    """By kind; None is the fixed words again. Raises NotOffered."""
    before = {row.kind: row.reply_id for row in FollowUpReply.objects.filter(workspace=workspace)}
    for kind, reply in chosen.items():
        if reply is not None and not approved_in(workspace, now=now).filter(pk=reply.pk).exists():
            raise NotOffered
        reply_id = reply.pk if reply else None
        if before.get(kind) == reply_id:
            continue
        FollowUpReply.objects.filter(workspace=workspace, kind=kind).delete()
        if reply is not None:
            FollowUpReply.objects.create(workspace=workspace, kind=Kind(kind), reply=reply)
        publish(
            FollowUpReplyChanged(
                workspace_id=workspace.pk, at=now, by_id=by.pk, asks=str(Kind(kind)), reply_id=reply_id
            )
        )


def saved_words(ticket: Ticket, kind: str, to: Message, *, now: datetime) -> tuple[str, str] | None:
    """Its language and what it says. None where none is chosen, where it cannot be used any more, where something in
    it would have to be filled in by somebody, and where only the fixed words speak the customer's language."""
    chosen = FollowUpReply.objects.filter(workspace=ticket.workspace_id, kind=kind).values("reply")
    reply = approved_in(ticket.workspace, now=now).filter(pk__in=chosen).first()
    found = _offered(reply, ticket, to) if reply else None
    if found is None or found.filled.missing:
        return None
    speaks_otherwise = Because.NO_LANGUAGE in found.chosen.because
    if speaks_otherwise and ticket.language in dict(settings.LANGUAGES):
        return None
    return found.variant.language, found.text


def _offered(reply: SavedReply, ticket: Ticket, to: Message) -> Offer | None:
    try:
        way = route(ticket, private=True, to=to)
    except NoWay:
        return None
    variants = list(Variant.objects.filter(reply=reply).order_by("pk"))
    return offer(reply, variants, place_for(ticket, way, agent=None))
