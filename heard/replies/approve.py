"""An admin lets others use what an agent wrote, or sends it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.replies.events import SavedReplyApproved, SavedReplySentBack, about
from heard.replies.locked import lock_reply
from heard.replies.models import ReplyChange, SavedReply
from heard.replies.propose import change_of, drop, forget, with_change
from heard.replies.rights import stop_unless_admin, stop_unless_may_change
from heard.replies.write import ChangedMeanwhile, Wanted, put
from heard.workspaces.models import Agent

Approval = SavedReply.Approval
FIELDS = ["approval", "approved_by", "approved_at", "sent_back"]


class NothingToApprove(Exception):
    """It does not wait, or no longer."""


class ReasonNeeded(Exception):
    """The writer has to know what to change."""


@transaction.atomic
def approve(reply: SavedReply, *, by: Agent, now: datetime, seen: int | None = None) -> SavedReply:
    """The reply, or a change of it that waits: then it says what its author wrote. `seen` is the number of the
    change that the admin had before them.

    Raises ForAdmins, NothingToApprove, ChangedMeanwhile, and for a change what `change` raises.
    """
    reply = _waiting(reply, by)
    if reply.approval != Approval.WAITING:
        return _take_over(reply, by=by, now=now, seen=seen)
    reply.approval, reply.sent_back = Approval.APPROVED, ""
    reply.approved_by, reply.approved_at = by, now
    reply.save(update_fields=FIELDS)
    publish(SavedReplyApproved(**about(reply, now=now, by=by)))
    return reply


@transaction.atomic
def send_back(reply: SavedReply, *, reason: str, by: Agent, now: datetime) -> SavedReply:
    """Not like this: the reply is a draft again, and a change of it stays with its author.

    Raises ForAdmins, NothingToApprove or ReasonNeeded.
    """
    reply = _waiting(reply, by)
    reason = reason.replace("\x00", "").strip()[:500]
    if not reason:
        raise ReasonNeeded
    if reply.approval == Approval.WAITING:
        reply.approval, reply.sent_back = Approval.DRAFT, reason
        reply.save(update_fields=FIELDS)
    else:
        ReplyChange.objects.filter(reply=reply).update(state=ReplyChange.State.RETURNED, comment=reason)
    publish(SavedReplySentBack(**about(reply, now=now, by=by), reason=reason))
    return reply


@transaction.atomic
def drop_change(reply: SavedReply, *, by: Agent, now: datetime) -> None:
    """What was approved stays. Raises NotYours."""
    reply = lock_reply(reply)
    stop_unless_may_change(reply, by)
    drop(reply, by=by, now=now)


def _take_over(reply: SavedReply, *, by: Agent, now: datetime, seen: int | None) -> SavedReply:
    """The new version is its author's, and so are the files that come with it."""
    change = change_of(reply)
    assert change is not None  # it waits
    if seen is not None and seen != change.number:
        raise ChangedMeanwhile(change.number)
    wanted = with_change(change, Wanted(draft=False))
    forget(reply)
    reply = put(reply, wanted, by=change.by, agreed=by, now=now)
    publish(SavedReplyApproved(**about(reply, now=now, by=by)))
    return reply


def _waiting(reply: SavedReply, by: Agent) -> SavedReply:
    stop_unless_admin(by)
    locked = lock_reply(reply)
    change = change_of(locked)
    change_waits = change is not None and change.state == ReplyChange.State.WAITING
    if locked.approval != Approval.WAITING and not change_waits:
        raise NothingToApprove(locked.approval)
    return locked
