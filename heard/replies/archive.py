"""Out of use, and back. Nothing is deleted: what was sent with it still names it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from heard.events.publishing import publish
from heard.replies.events import SavedReplyArchived, SavedReplyBroughtBack, about
from heard.replies.facts import BadFact
from heard.replies.locked import lock_reply
from heard.replies.models import SavedReply
from heard.replies.rights import stop_unless_may_change
from heard.workspaces.models import Agent


@transaction.atomic
def archive(reply: SavedReply, *, by: Agent, now: datetime) -> None:
    """Harmless when it is archived already. Raises NotYours."""
    reply = lock_reply(reply)
    stop_unless_may_change(reply, by)
    if reply.archived_at is None:
        reply.archived_at = now
        reply.save(update_fields=["archived_at"])
        publish(SavedReplyArchived(**about(reply, now=now, by=by)))


@transaction.atomic
def bring_back(reply: SavedReply, *, by: Agent, now: datetime) -> None:
    """Raises NotYours, or BadFact where another one has its shortcut by now."""
    reply = lock_reply(reply)
    stop_unless_may_change(reply, by)
    if reply.archived_at is None:
        return
    reply.archived_at = None
    try:
        with transaction.atomic():
            reply.save(update_fields=["archived_at"])
    except IntegrityError as error:
        raise BadFact("shortcut", "taken") from error
    publish(SavedReplyBroughtBack(**about(reply, now=now, by=by)))
