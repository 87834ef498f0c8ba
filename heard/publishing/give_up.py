"""Accounts that leave take what they were to say with them; accounts that come back go on."""

from __future__ import annotations

from collections.abc import Sequence

from heard.channels.contract import Problem
from heard.channels.words import N_
from heard.inboxes.events import InboxConnected, InboxDisconnected, InboxReconnected
from heard.publishing.done import mark_failed
from heard.publishing.models import Publication
from heard.publishing.wake import wake_publishing

DISCONNECTED = N_("The account was disconnected before this went out.")


def give_up_queued(events: Sequence[InboxDisconnected]) -> None:
    for event in events:
        queued = Publication.objects.filter(inbox=event.inbox_id, state=Publication.State.QUEUED)
        for publication in queued.select_related("plan").order_by("plan"):
            mark_failed(publication, problem=Problem.PERMISSION, reason=DISCONNECTED, now=event.at)


def go_on(events: Sequence[InboxConnected | InboxReconnected]) -> None:
    for event in events:
        wake_publishing(event.inbox_id, at=event.at)
