"""Publish what is due, once. Claimed and committed before the call, so that a crash leaves a trace.

When nobody can know whether the network took a post it becomes `unconfirmed`, and never goes out again
without somebody's word.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min

from heard.channels import contract
from heard.channels.contract import (
    NewPost,
    Problem,
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
from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.renew import renewing
from heard.inboxes.spending import CAP_IN_WORDS, CAP_REACHED, price, spend, within_cap
from heard.inboxes.wire import wire_for
from heard.kept_files import path_of
from heard.public_files import public_address
from heard.publishing.done import mark_done, mark_failed, mark_queued, mark_unconfirmed
from heard.publishing.locked import lock_plan
from heard.publishing.models import PlannedPicture, Publication
from heard.publishing.settle import settle
from heard.publishing.wake import wake_publishing

State = Publication.State

PAID_FOR = "publish"
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0.25, 1, 5, 15, 30, 60))
# A claim older than this belongs to a worker that is gone: a post with ten pictures is eleven calls of
# at most 20 seconds each.
LEASE = timedelta(minutes=5)
# What was meant for the morning must not appear in the evening because an inbox was reconnected then.
LATEST = timedelta(hours=3)
TOO_LATE = N_("It could not go out at its time, and now it would be more than three hours late.")
INTERRUPTED = N_("Heard was interrupted while it published this.")


def publish_next(inbox: Inbox, *, now: datetime) -> bool:
    """Make the next due call of one inbox. False when nothing is due or the inbox cannot publish."""
    inbox.refresh_from_db(fields=["state"])
    if inbox.state != Inbox.State.CONNECTED:
        return False
    publication = _claim(inbox, now=now)
    if publication is None:
        return False
    try:
        wire = wire_for(credentials_of(inbox))
    except (NotConnected, CannotOpen) as error:
        _reconnect(publication, inbox, ReconnectNeeded(str(error)), now=now)
        return False
    return _publish(publication, inbox, wire, now=now)


def _publish(publication: Publication, inbox: Inbox, wire: Wire[Any], *, now: datetime) -> bool:
    """True when the next one may follow at once."""
    try:
        post = new_post(publication)
        cost = price(inbox, post)
        if not within_cap(inbox, cost, now=now):
            raise Rejected(CAP_IN_WORDS, problem=Problem.PERMISSION, code=CAP_REACHED)
        with renewing(inbox, used=wire.credentials, now=now):
            sent = _call(post, inbox, wire)
    except TryAgain as error:
        _try_again(publication, error, now=now)
        return False
    except Rejected as error:
        mark_failed(publication, problem=error.problem, reason=error.reason, code=error.code, now=now)
    except ReconnectNeeded as error:
        _reconnect(publication, inbox, error, now=now)
        return False
    except Unconfirmed as error:
        mark_unconfirmed(publication, reason=error.reason, now=now)
        spend(inbox, cost, what=PAID_FOR, now=now)  # the network may have taken the money with the post
    else:
        mark_done(publication, external_id=sent.external_id, permalink=sent.permalink, now=now)
        spend(inbox, cost, what=PAID_FOR, now=now)
        InboxHealth.objects.filter(inbox=inbox).update(last_sent_at=now)
        return not sent.pause or not _hold(inbox, until=now + sent.pause)
    return True


@transaction.atomic
def _claim(inbox: Inbox, *, now: datetime) -> Publication | None:
    """The oldest that is due. The plan is locked first: somebody may be cancelling it at this moment."""
    due = Publication.objects.filter(inbox=inbox, state=State.QUEUED, due_at__lte=now)
    for next_one in due.select_related("plan").order_by("due_at", "id")[:20]:
        plan = lock_plan(next_one.plan)
        publication = due.filter(pk=next_one.pk).select_related("plan", "inbox").first()
        if publication is None:
            continue
        publication.claimed_at, publication.attempts = now, publication.attempts + 1
        publication.state = State.SENDING
        publication.save(update_fields=["state", "claimed_at", "attempts"])
        if publication.due_at and now - publication.due_at > LATEST:
            mark_failed(publication, problem=Problem.TRANSIENT, reason=TOO_LATE, now=now)
            continue
        settle(plan)
        return publication
    return None


def _call(post: NewPost, inbox: Inbox, wire: Wire[Any]) -> Sent:
    network = channel(inbox.channel)
    if not isinstance(network, contract.Publishes):
        raise Rejected("This network does not let us publish.", problem=Problem.PERMISSION)
    return network.publish(post, wire)


def new_post(publication: Publication) -> NewPost:
    """The post as its channel takes it. Raises Rejected when one of our pictures is gone."""
    pictures = publication.plan.pictures.all()
    return NewPost(
        text=publication.text,
        token=str(publication.token),
        pictures=[_upload(picture) for picture in pictures],
    )


def _upload(picture: PlannedPicture) -> Upload:
    try:
        content = path_of(str(picture.key)).read_bytes()
    except OSError as error:
        raise Rejected("A picture of this post is gone.", problem=Problem.MEDIA_REJECTED) from error
    return Upload(
        name=picture.name,
        content_type=picture.content_type,
        content=content,
        alt=picture.alt,
        url=public_address(picture.key, picture.name),
    )


def _try_again(publication: Publication, error: TryAgain, *, now: datetime) -> None:
    if publication.attempts > len(PAUSES):
        mark_failed(publication, problem=Problem.TRANSIENT, reason=error.reason, code=error.code, now=now)
        return
    due_at = now + (error.after or PAUSES[publication.attempts - 1])
    mark_queued(
        publication, reason=error.reason, code=error.code, due_at=due_at, attempts=publication.attempts
    )
    wake_publishing(publication.inbox_id, at=due_at)


@transaction.atomic
def _reconnect(publication: Publication, inbox: Inbox, error: ReconnectNeeded, *, now: datetime) -> None:
    """Back into the queue, which rests until a person has reconnected."""
    require_reconnect(inbox, reason=error.reason, now=now)
    mark_queued(
        publication,
        reason=error.reason,
        code=error.code,
        due_at=publication.due_at or now,
        attempts=publication.attempts - 1,
    )


def _hold(inbox: Inbox, *, until: datetime) -> bool:
    """The network asked for patience."""
    Publication.objects.filter(inbox=inbox, state=State.QUEUED, due_at__lt=until).update(due_at=until)
    wake_publishing(inbox.pk, at=until)
    return True


# ── after a crash, and the net below the bells ──


def rescue_claimed(*, now: datetime) -> int:
    """Claims of workers that are gone: the network may have the post. Gives how many."""
    lost = Publication.objects.filter(state=State.SENDING, claimed_at__lt=now - LEASE)
    count = 0
    for publication in lost.select_related("plan"):
        count += mark_unconfirmed(publication, reason=INTERRUPTED, now=now)
    return count


def wake_all_due(*, now: datetime) -> int:
    """Every inbox with something due is woken. Gives how many."""
    due = Publication.objects.filter(state=State.QUEUED, due_at__lte=now, inbox__state=Inbox.State.CONNECTED)
    inboxes = list(due.order_by("inbox").values_list("inbox", flat=True).distinct())
    for inbox_id in inboxes:
        wake_publishing(inbox_id, at=now)
    return len(inboxes)


def wake_for_next(inbox: Inbox, *, now: datetime) -> None:
    """A bell for what becomes due later."""
    later = Publication.objects.filter(inbox=inbox, state=State.QUEUED, due_at__gt=now)
    due_at = later.aggregate(at=Min("due_at"))["at"]
    if due_at is not None:
        wake_publishing(inbox.pk, at=due_at)
