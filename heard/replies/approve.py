"""An admin lets others use what an agent wrote, or sends it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.replies.events import SavedReplyApproved, SavedReplySentBack, about
from heard.replies.locked import lock_reply
from heard.replies.models import SavedReply
from heard.replies.rights import stop_unless_admin
from heard.workspaces.models import Agent

Approval = SavedReply.Approval
FIELDS = ["approval", "approved_by", "approved_at", "sent_back"]


class NothingToApprove(Exception):
    """It does not wait, or no longer."""


class ReasonNeeded(Exception):
    """The writer has to know what to change."""


@transaction.atomic
def approve(reply: SavedReply, *, by: Agent, now: datetime) -> SavedReply:
    """Raises ForAdmins or NothingToApprove."""
    reply = _waiting(reply, by)
    reply.approval, reply.sent_back = Approval.APPROVED, ""
    reply.approved_by, reply.approved_at = by, now
    reply.save(update_fields=FIELDS)
    publish(SavedReplyApproved(**about(reply, now=now, by=by)))
    return reply


@transaction.atomic
def send_back(reply: SavedReply, *, reason: str, by: Agent, now: datetime) -> SavedReply:
    """Not like this: a draft again. Raises ForAdmins, NothingToApprove or ReasonNeeded."""
    reply = _waiting(reply, by)
    reason = reason.replace("\x00", "").strip()[:500]
    if not reason:
        raise ReasonNeeded
    reply.approval, reply.sent_back = Approval.DRAFT, reason
    reply.save(update_fields=FIELDS)
    publish(SavedReplySentBack(**about(reply, now=now, by=by), reason=reason))
    return reply


def _waiting(reply: SavedReply, by: Agent) -> SavedReply:
    stop_unless_admin(by)
    locked = lock_reply(reply)
    if locked.approval != Approval.WAITING:
        raise NothingToApprove(locked.approval)
    return locked
