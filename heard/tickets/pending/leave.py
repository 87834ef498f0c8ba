"""What waited for its time goes out, once: the message and the row's new state are one commit."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.tickets.events import PendingReplyLeft, ReviewAsked
from heard.tickets.locked import locked
from heard.tickets.models import PendingReply
from heard.tickets.pending.come_back import come_back
from heard.tickets.pending.composed import composed
from heard.tickets.pending.hold import State, TooLate, about_pending, show_pending, waiting_of
from heard.tickets.reply import BlanksMissing, MayNotSend, NoSuchFile, NoSuchTemplate, NoWay, ReplyStopped

AT_ONCE = 100
log = logging.getLogger(__name__)


def leave_due(*, now: datetime) -> int:
    """Everything whose time has come, in the order of those times. Gives how many were seen to."""
    due = PendingReply.objects.filter(state=State.SCHEDULED, at__lte=now).order_by("at", "pk")
    rows = list(due.select_related("ticket")[:AT_ONCE])
    return sum(_leave(row, now=now) for row in rows)


def _leave(pending: PendingReply, *, now: datetime) -> bool:
    """Whatever goes wrong with one stays with that one."""
    try:
        with transaction.atomic():
            pending.ticket = locked(pending.ticket)  # a customer who writes at this moment goes first
            row = waiting_of(pending, State.SCHEDULED)
            _send(row, now=now)
    except TooLate:
        return False
    except Exception:
        log.exception("the reply %s cannot leave; its author gets it back", pending.pk)
        return _give_up(pending, now=now)
    return True


def _send(row: PendingReply, *, now: datetime) -> None:
    """The gate again: what stops it now did not when it was written."""
    try:
        message = composed(row).send(row.ticket, by=row.agent, now=now, approved_by=row.approved_by)
    except ReplyStopped as stopped:
        found = [asdict(finding) | {"params": dict(finding.params)} for finding in stopped.findings]
        come_back(row, State.STOPPED, now=now, reason="findings", findings=found)
    except MayNotSend:
        row.state = State.REVIEW  # its author may not any more
        row.save(update_fields=["state"])
        show_pending(row.ticket)
        publish(
            ReviewAsked(**about_pending(row, now=now), reviewer_id=None, reviewer="", question="", goes_at="")
        )
    except NoWay as closed:
        come_back(row, State.STOPPED, now=now, reason=closed.code)
    except (NoSuchTemplate, BlanksMissing):
        come_back(row, State.STOPPED, now=now, reason="no_template")
    except NoSuchFile:
        come_back(row, State.STOPPED, now=now, reason="no_file")
    else:
        row.message, row.state, row.ended_at = message, State.SENT, now
        row.save(update_fields=["message", "state", "ended_at"])
        show_pending(row.ticket)
        publish(PendingReplyLeft(**about_pending(row, now=now), message_id=message.pk))


@transaction.atomic
def _give_up(pending: PendingReply, *, now: datetime) -> bool:
    pending.ticket = locked(pending.ticket)
    try:
        come_back(waiting_of(pending, State.SCHEDULED), State.STOPPED, now=now, reason="broken")
    except TooLate:
        return False
    return True
