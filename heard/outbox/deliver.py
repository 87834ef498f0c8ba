"""Send what is due, once. Claimed and committed before the call, so that a crash leaves a trace.

When nobody can know whether the network took a message it becomes `unconfirmed`, and is never sent
again without somebody's word.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from heard.channels import contract
from heard.channels.contract import (
    Button,
    Channel,
    Outgoing,
    Person,
    ReconnectNeeded,
    Rejected,
    Sent,
    TryAgain,
    Unconfirmed,
    Upload,
    Wire,
)
from heard.channels.registry import channel
from heard.channels.words import N_
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.spending import CAP_IN_WORDS, CAP_REACHED, costs_money, price, spend, within_cap
from heard.inboxes.templates import as_filled
from heard.inboxes.wire import wire_for
from heard.kept_files import path_of
from heard.outbox.models import Dispatch
from heard.outbox.sent_last import note_sent
from heard.outbox.wake import wake_outbox
from heard.public_files import public_address
from heard.tickets.delivery import mark_failed, mark_sending, mark_sent, mark_unconfirmed
from heard.tickets.hide import hide_failed
from heard.tickets.letters import original_of, said_before
from heard.tickets.like import like_failed
from heard.tickets.marks import mark_of
from heard.tickets.missed_copies import copies_left, miss_copies, missing, under_way
from heard.tickets.models import CONVERSATIONS, Attachment, Delivery, Message
from heard.tickets.repost import repost_failed
from heard.tickets.threads import lock_tickets
from heard.workspaces.prepared import prepared

Action, State = Dispatch.Action, Dispatch.State

MOST_ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=2)
# A claim older than this belongs to a worker that is gone: no call lasts longer than 20 seconds.
LEASE = timedelta(seconds=60)
# With files it is up to nine calls: four pictures, a description for each, and the message.
LEASE_WITH_FILES = timedelta(minutes=5)
FILE_GONE = N_("A file of this message is gone from our disk.")
AT_HAND = 20
EVERYTHING = ("ticket", "inbox", "author__contact", "parent", "agent", "thread__workspace")


class Round:
    """What one job of an inbox sends with, call after call. Its credentials are opened once: where they are changed
    meanwhile the network refuses the old ones, and the next call is made with the new."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self._wire: Wire[Any] | None = None

    def wire(self) -> Wire[Any]:
        """Raises NotConnected or CannotOpen."""
        if self._wire is None:
            self._wire = wire_for(credentials_of(self.inbox))
        return self._wire


def deliver_next(inbox: Inbox, *, now: datetime, within: Round | None = None) -> bool:
    """Make the next due call of one inbox. False when nothing is due or the inbox cannot send."""
    dispatch = _claim(inbox, now=now)
    if dispatch is None:
        return False
    inbox.state = dispatch.inbox.state
    try:
        wire = (within or Round(inbox)).wire()
    except (NotConnected, CannotOpen) as error:
        _reconnect(dispatch, inbox, ReconnectNeeded(str(error)), now=now)
        return False
    return _deliver(dispatch, inbox, wire, now=now)


def _deliver(dispatch: Dispatch, inbox: Inbox, wire: Wire[Any], *, now: datetime) -> bool:
    """True when the next one may follow at once."""
    if not within_cap(inbox, _price(dispatch), now=now):
        _fail(dispatch, CAP_REACHED, CAP_IN_WORDS, "", now=now)
        return True
    try:
        with renewing(inbox, used=wire.credentials, now=now):
            sent = _call(dispatch, wire)
    except TryAgain as error:
        _try_again(dispatch, error, now=now)
        return False
    except Rejected as error:
        _fail(dispatch, error.problem, error.reason, error.code, now=now)
    except ReconnectNeeded as error:
        _reconnect(dispatch, inbox, error, now=now)
        return False
    except Unconfirmed as error:
        _unconfirm(dispatch, error.reason, now=now)
    else:
        _done(dispatch, sent, now=now)
        if sent.pause:
            _hold(inbox, until=now + sent.pause)
            return False
    return True


@transaction.atomic
def _claim(inbox: Inbox, *, now: datetime) -> Dispatch | None:
    """The oldest that is due. The ticket is locked before the dispatch, as everywhere: an agent may be
    taking the reply back at this very moment."""
    for next_one, ticket_id in _due(inbox=inbox.pk, now=now):
        lock_tickets([ticket_id])
        held = _held(dispatch=next_one, now=now)
        if held and _begin(held[0], now=now):
            return held[0]
    return None


@prepared
def _due(*, inbox: int, now: datetime) -> QuerySet[Dispatch, tuple[int, int]]:
    """The oldest, of an inbox that can send. Where the network asked for patience, what was queued after it asked
    waits too, and keeps its place."""
    refused = Dispatch.objects.filter(
        inbox=OuterRef("inbox"), state=State.QUEUED, attempts__gt=0, due_at__gt=now
    )
    under_way = Dispatch.objects.filter(message=OuterRef("message"), state=State.SENDING)
    queued = Dispatch.objects.filter(
        inbox=inbox, state=State.QUEUED, due_at__lte=now, inbox__state=Inbox.State.CONNECTED
    )
    oldest = queued.filter(~Exists(refused), ~Exists(under_way)).order_by("id")
    return oldest.values_list("pk", "message__ticket")[:AT_HAND]


@prepared
def _held(*, dispatch: int, now: datetime) -> QuerySet[Dispatch]:
    """With all that its call needs; none where somebody else has it, or it is not to be made any more."""
    held = Dispatch.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    whole = held.select_related("inbox__health", *(f"message__{name}" for name in EVERYTHING))
    return whole.defer("message__search", "message__parent__search").filter(
        pk=dispatch, state=State.QUEUED, due_at__lte=now
    )


def _begin(dispatch: Dispatch, *, now: datetime) -> bool:
    """False for a message that is not to be sent any more."""
    if dispatch.action == Action.SEND and not mark_sending(dispatch.message):
        Dispatch.objects.filter(pk=dispatch.pk).update(state=State.CANCELLED)
        return False
    if dispatch.action == Action.SEND:
        _name(dispatch)
    dispatch.state, dispatch.claimed_at, dispatch.attempts = State.SENDING, now, dispatch.attempts + 1
    dispatch.save(update_fields=["state", "claimed_at", "attempts"])
    return True


def _name(dispatch: Dispatch) -> None:
    """Where we choose the id, it is known before the call: an answer may come before the network's word."""
    message, network = dispatch.message, channel(dispatch.message.inbox.channel)
    if isinstance(network, contract.NamesMessages) and not message.external_id:
        message.external_id = network.name_of(outgoing(message), message.inbox.account)
        message.save(update_fields=["external_id"])


def _with_everything(message_id: int) -> Message:
    return Message.objects.select_related(*EVERYTHING).get(pk=message_id)


def _call(dispatch: Dispatch, wire: Wire[Any]) -> Sent:
    message, network = dispatch.message, channel(dispatch.inbox.channel)
    if dispatch.action == Action.SEND:
        return network.send(_whole(message), wire)
    if dispatch.action == Action.COPY:
        return network.send(replace(_whole(message), only=under_way(message)), wire)
    if dispatch.action in (Action.REPOST, Action.UNREPOST):
        return _repost(message, network, wire, reposted=dispatch.action == Action.REPOST)
    if dispatch.action in (Action.LIKE, Action.UNLIKE) and isinstance(network, contract.Reacts):
        to = message.author.address if message.author else ""
        network.react(message.external_id, to=to, liked=dispatch.action == Action.LIKE, wire=wire)
        return Sent(message.external_id)
    if not isinstance(network, contract.Moderates):
        raise Rejected("This network does not let us.", problem=contract.Problem.PERMISSION)
    match dispatch.action:
        case Action.LIKE | Action.UNLIKE:
            network.like(message.external_id, liked=dispatch.action == Action.LIKE, wire=wire)
        case Action.HIDE | Action.UNHIDE:
            network.hide(message.external_id, hidden=dispatch.action == Action.HIDE, wire=wire)
        case _:
            network.delete(message.external_id, wire=wire)
    return Sent(message.external_id)


def _repost(message: Message, network: Channel[Any], wire: Wire[Any], *, reposted: bool) -> Sent:
    if not isinstance(network, contract.Reposts):
        raise Rejected("This network does not let us.", problem=contract.Problem.PERMISSION)
    network.repost(message.external_id, reposted=reposted, wire=wire)
    return Sent(message.external_id)


def _price(dispatch: Dispatch) -> Decimal:
    """What is free is not put together for the sake of its price: that takes as many questions as sending it."""
    if not costs_money(dispatch.inbox):
        return Decimal(0)
    if dispatch.action == Action.SEND:
        return price(dispatch.inbox, outgoing(dispatch.message))
    return price(dispatch.inbox, dispatch.action.removeprefix("un"))


def _pay(dispatch: Dispatch, *, now: datetime) -> None:
    """Also for what nobody can know: the network may have taken the money with the message."""
    if amount := _price(dispatch):
        spend(dispatch.inbox, amount, what=dispatch.action, now=now)


def outgoing(message: Message) -> Outgoing:
    """The message as its channel takes it. Its files are named and not read: `files_of` does that."""
    direct = message.kind in CONVERSATIONS
    to = message.author.address if direct and message.author else message.parent_external_id
    return Outgoing(
        kind=contract.Kind(message.kind),
        text=message.text,
        to=to,
        token=str(message.token or ""),
        private_reply=message.private_reply,
        extended=message.extended,
        template=as_filled(message.template) if message.template else None,
        quotes=_quoted(message)
        if direct and message.inbox.abilities.quotes and not message.is_by_heard
        else "",
        files=[_upload(attachment, b"") for attachment in _stored(message)],
        buttons=[Button(**button) for button in message.buttons],
        automatic=message.automatic,
        signature=message.signature,
        **(_letter(message) if message.kind in message.inbox.abilities.letters else {}),
    )


def _whole(message: Message) -> Outgoing:
    asked = outgoing(message)
    return replace(asked, files=files_of(message)) if asked.files else asked


def files_of(message: Message) -> list[Upload]:
    """What goes with it, byte for byte. Raises Rejected when one of our files is gone."""
    return [_upload(attachment, _content(attachment)) for attachment in _stored(message)]


def _stored(message: Message) -> list[Attachment]:
    return _attached(message=message.pk)


@prepared
def _attached(*, message: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(message=message, state=Attachment.State.STORED).order_by("id")


def _content(attachment: Attachment) -> bytes:
    try:
        return path_of(str(attachment.key)).read_bytes()
    except OSError as error:
        raise Rejected(FILE_GONE, problem=contract.Problem.MEDIA_REJECTED) from error


def _upload(attachment: Attachment, content: bytes) -> Upload:
    return Upload(
        name=attachment.name,
        content_type=attachment.content_type,
        content=content,
        alt=str(attachment.detail.get("alt") or ""),
        url=public_address(attachment.key, attachment.name),
    )


def _letter(message: Message) -> dict[str, Any]:
    """What a letter has beside its words."""
    return {
        "subject": message.subject,
        "copies": [Person(one["address"], name=one["name"]) for one in message.copies],
        "refers": said_before(message),
        "mark": mark_of(message.thread),
        "original": original_of(message),
    }


def _quoted(message: Message) -> str:
    """What it answers, where the person has said something else since: otherwise it is plain anyway."""
    asked = message.parent
    if asked is None or not asked.external_id:
        return ""
    since = Message.objects.filter(thread=message.thread_id, direction=Message.Direction.IN, at__gt=asked.at)
    return asked.external_id if since.filter(received_at__lte=message.received_at).exists() else ""


# ── what came of it: the ticket is locked first, as everywhere, or an echo and we wait for each other ──


@transaction.atomic
def _done(dispatch: Dispatch, sent: Sent, *, now: datetime) -> None:
    if dispatch.action != Action.SEND:
        lock_tickets([dispatch.message.ticket_id])
    if dispatch.action == Action.COPY:
        copies_left(dispatch.message, sent.refused, now=now)
    # Whoever hears that it was sent closes what sends it.
    if dispatch.action != Action.SEND or not _is_sent(dispatch.message, sent, now=now):
        _close(dispatch, State.DONE)
    _pay(dispatch, now=now)
    note_sent(dispatch.inbox, now=now)


def _is_sent(message: Message, sent: Sent, *, now: datetime) -> bool:
    """False where the network told us before."""
    moved = mark_sent(message, external_id=sent.external_id, recipient=sent.recipient, now=now)
    if sent.refused:
        miss_copies(message, sent.refused, now=now)
    return moved


@transaction.atomic
def _fail(dispatch: Dispatch, problem: str, reason: str, code: str, *, now: datetime) -> None:
    lock_tickets([dispatch.message.ticket_id])
    if not _close(dispatch, State.FAILED, problem=problem, reason=reason, code=code):
        return
    if dispatch.action == Action.SEND:
        mark_failed(dispatch.message, problem=problem, reason=reason, now=now)
    else:
        _undo_mark(dispatch, problem, reason, now=now)


@transaction.atomic
def _unconfirm(dispatch: Dispatch, reason: str, *, now: datetime) -> None:
    lock_tickets([dispatch.message.ticket_id])
    if _close(dispatch, State.UNCONFIRMED, reason=reason):
        if dispatch.action == Action.COPY:
            copies_left(dispatch.message, missing(dispatch.message, reason), now=now)
        else:
            mark_unconfirmed(dispatch.message, reason=reason, now=now)
        _pay(dispatch, now=now)


@transaction.atomic
def _try_again(dispatch: Dispatch, error: TryAgain, *, now: datetime) -> None:
    if dispatch.attempts >= MOST_ATTEMPTS:
        _fail(dispatch, contract.Problem.TRANSIENT, error.reason, error.code, now=now)
        return
    lock_tickets([dispatch.message.ticket_id])
    until = now + (error.after or pause_before(dispatch.attempts))
    if not _close(dispatch, State.QUEUED, reason=error.reason, code=error.code, due_at=until):
        return
    if dispatch.action == Action.SEND:
        Message.objects.filter(pk=dispatch.message_id, delivery=Delivery.SENDING).update(
            delivery=Delivery.QUEUED
        )
    _hold(dispatch.inbox, until=until)


@transaction.atomic
def _reconnect(dispatch: Dispatch, inbox: Inbox, error: ReconnectNeeded, *, now: datetime) -> None:
    """Back into the queue, which rests until a person has reconnected."""
    require_reconnect(inbox, reason=error.reason, now=now)  # the intake, too, begins with the inbox's row
    lock_tickets([dispatch.message.ticket_id])
    _close(dispatch, State.QUEUED, reason=error.reason, code=error.code, attempts=dispatch.attempts - 1)
    Message.objects.filter(pk=dispatch.message_id, delivery=Delivery.SENDING).update(delivery=Delivery.QUEUED)


def _close(dispatch: Dispatch, state: Dispatch.State, **fields: object) -> bool:
    """Only as long as the claim is still this one: a later word of the network goes before ours."""
    held = Dispatch.objects.filter(pk=dispatch.pk, state=State.SENDING, claimed_at=dispatch.claimed_at)
    return bool(held.update(state=state, **fields))


def _undo_mark(dispatch: Dispatch, problem: str, reason: str, *, now: datetime) -> None:
    message = dispatch.message
    match dispatch.action:
        case Action.COPY:
            copies_left(message, missing(message, reason), now=now)
        case Action.LIKE | Action.UNLIKE:
            liked = dispatch.action == Action.LIKE
            like_failed(message, liked=liked, problem=problem, reason=reason, now=now)
        case Action.HIDE | Action.UNHIDE:
            hidden = dispatch.action == Action.HIDE
            hide_failed(message, hidden=hidden, problem=problem, reason=reason, now=now)
        case Action.REPOST | Action.UNREPOST:
            reposted = dispatch.action == Action.REPOST
            repost_failed(message, reposted=reposted, problem=problem, reason=reason, now=now)


def _hold(inbox: Inbox, *, until: datetime) -> None:
    """The network asked for patience: what is queued behind waits too, in its order."""
    Dispatch.objects.filter(inbox=inbox, state=State.QUEUED, due_at__lt=until).update(due_at=until)
    wake_outbox(inbox.pk, at=until)


def pause_before(attempt: int) -> timedelta:
    """Doubled each time from 5 seconds to 2 hours, with a fifth of chance so that not all come at once."""
    pause = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)
    return timedelta(seconds=pause.total_seconds() * random.uniform(0.9, 1.1))


# ── after a crash ──


def rescue_claimed(*, now: datetime) -> int:
    """Claims of workers that are gone. Gives how many.

    A message may have been accepted, so it becomes unconfirmed. A like or a hiding is simply repeated.
    """
    lost = Dispatch.objects.filter(state=State.SENDING, claimed_at__lt=now - LEASE).select_related("inbox")
    has_files = Attachment.objects.filter(message=OuterRef("message"))
    perhaps_not = Q(
        Exists(has_files), action__in=(Action.SEND, Action.COPY), claimed_at__gte=now - LEASE_WITH_FILES
    )
    count = 0
    for dispatch in lost.exclude(perhaps_not):
        dispatch.message = _with_everything(dispatch.message_id)
        if dispatch.action in (Action.SEND, Action.COPY):
            _unconfirm(dispatch, "Heard was interrupted while it sent this.", now=now)
        else:
            _close(dispatch, State.QUEUED, due_at=now)
            wake_outbox(dispatch.inbox_id, at=now)
        count += 1
    return count


def wake_for_next(inbox: Inbox, *, now: datetime) -> None:
    """One bell a second is for all that is due within it: ring again for what was a moment later."""
    later = Dispatch.objects.filter(inbox=inbox, state=State.QUEUED, due_at__gt=now)
    due_at = later.aggregate(at=Min("due_at"))["at"]
    if due_at is not None:
        wake_outbox(inbox.pk, at=due_at)


def wake_all_due(*, now: datetime) -> int:
    """The net below the bells: every inbox with something due is woken. Gives how many."""
    due = Dispatch.objects.filter(
        state=State.QUEUED, due_at__lte=now, inbox__state=Inbox.State.CONNECTED
    ).values_list("inbox", flat=True)
    inboxes = list(due.order_by("inbox").distinct())
    for inbox_id in inboxes:
        wake_outbox(inbox_id, at=now)
    return len(inboxes)
