"""What tickets decided becomes a call to make, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from django.db.models import QuerySet

from heard.channels.contract import Problem
from heard.inboxes.events import InboxConnected, InboxDisconnected, InboxReconnected
from heard.outbox.at_once import left_at_once
from heard.outbox.models import Dispatch
from heard.outbox.wake import wake_outbox
from heard.tickets.delivery import mark_failed
from heard.tickets.events import (
    CopiesRetried,
    MessageCancelled,
    MessageEvent,
    MessageHidden,
    MessageLiked,
    MessageQueued,
    MessageReposted,
    MessageRetried,
    MessageSent,
)
from heard.tickets.missed_copies import copies_left, missing
from heard.tickets.models import Message
from heard.workspaces.prepared import prepared

E = TypeVar("E", bound=MessageEvent)

DISCONNECTED = "The inbox was disconnected before this was sent."

Action, State = Dispatch.Action, Dispatch.State


def queue_reply(events: Sequence[MessageQueued]) -> None:
    """Not before the time for taking it back has passed. What Heard says itself nobody takes back."""
    for event, message in _with_messages(events):
        if left_at_once(message, now=event.at):
            continue
        instant = message.is_by_heard or message.inbox.abilities.instant
        undo = timedelta(seconds=0 if instant else message.workspace.undo_seconds)
        _queue(message, Action.SEND, event, wait=undo)


def queue_again(events: Sequence[MessageRetried]) -> None:
    for event, message in _with_messages(events):
        Dispatch.objects.filter(
            message=message, action=Action.SEND, state__in=(State.QUEUED, State.UNCONFIRMED)
        ).update(state=State.FAILED, reason="sent again by an agent")
        _queue(message, Action.SEND, event)


def queue_copies(events: Sequence[CopiesRetried]) -> None:
    for event, message in _with_messages(events):
        _queue(message, Action.COPY, event)


def queue_like(events: Sequence[MessageLiked]) -> None:
    for event, message in _with_messages(events):
        _queue(message, Action.LIKE if event.liked else Action.UNLIKE, event)


def queue_hide(events: Sequence[MessageHidden]) -> None:
    """What the network tells us of itself goes nowhere."""
    for event, message in _with_messages(event for event in events if not event.by_network):
        _queue(message, Action.HIDE if event.hidden else Action.UNHIDE, event)


def queue_repost(events: Sequence[MessageReposted]) -> None:
    for event, message in _with_messages(events):
        _queue(message, Action.REPOST if event.reposted else Action.UNREPOST, event)


def drop_cancelled(events: Sequence[MessageCancelled]) -> None:
    messages = [event.message_id for event in events]
    Dispatch.objects.filter(message__in=messages, action=Action.SEND, state=State.QUEUED).update(
        state=State.CANCELLED
    )


def close_sent(events: Sequence[MessageSent]) -> None:
    """An echo or an agent said that it went out after all: nothing is left to wonder about."""
    messages = [event.message_id for event in events]
    Dispatch.objects.filter(
        message__in=messages, action=Action.SEND, state__in=(State.QUEUED, State.SENDING, State.UNCONFIRMED)
    ).update(state=State.DONE)


def _queue(
    message: Message, action: Dispatch.Action, event: MessageEvent, *, wait: timedelta = timedelta()
) -> None:
    due = event.at + wait
    Dispatch.objects.create(
        workspace_id=message.workspace_id,
        inbox_id=message.inbox_id,
        message=message,
        action=action,
        due_at=due,
        created_at=event.at,
    )
    wake_outbox(message.inbox_id, at=due)


def _with_messages(events: Iterable[E]) -> list[tuple[E, Message]]:
    known = list(events)
    messages = {one.pk: one for one in _messages(ids=tuple(event.message_id for event in known))}
    return [(event, messages[event.message_id]) for event in known]


@prepared
def _messages(*, ids: Sequence[int]) -> QuerySet[Message]:
    with_all = Message.objects.select_related("workspace", "inbox__health", "ticket", "author")
    return with_all.defer("search").filter(pk__in=ids)


def give_up_queued(events: Sequence[InboxDisconnected]) -> None:
    """Nothing will leave through these inboxes: what it was to answer waits again."""
    for event in events:
        left = Dispatch.objects.filter(inbox=event.inbox_id, state=State.QUEUED).order_by("id")
        for dispatch in left.select_related("message"):
            if dispatch.action == Action.SEND:
                mark_failed(dispatch.message, problem=Problem.PERMISSION, reason=DISCONNECTED, now=event.at)
            if dispatch.action == Action.COPY:
                copies_left(dispatch.message, missing(dispatch.message, DISCONNECTED), now=event.at)
        left.update(state=State.FAILED, reason=DISCONNECTED)


def go_on(events: Sequence[InboxConnected | InboxReconnected]) -> None:
    """The inbox is connected again: what waited leaves now, in its order."""
    for event in events:
        wake_outbox(event.inbox_id, at=event.at)
