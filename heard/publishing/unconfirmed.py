"""When nobody knows whether a post went out: the network's own word settles it, or a person's."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.publishing.done import mark_done
from heard.publishing.events import PublicationRetried, about_publication
from heard.publishing.locked import lock_plan
from heard.publishing.models import Publication
from heard.publishing.settle import settle
from heard.publishing.wake import wake_publishing
from heard.tickets.models import Post
from heard.workspaces.models import Agent

State = Publication.State

LOOKED_FOR = timedelta(days=1)
CLOCKS_DIFFER = timedelta(minutes=2)


class NothingToSettle(Exception):
    """Only what failed or may have gone out can be settled."""


def it_is_there(publication: Publication, *, by: Agent, now: datetime) -> None:
    """An agent has seen it at the network. Raises NothingToSettle."""
    post = _told_of(publication)
    done = publication.state == State.UNCONFIRMED and mark_done(
        publication,
        external_id=post.external_id if post else "",
        permalink=post.permalink if post else "",
        now=now,
        by=by,
    )
    if not done:
        raise NothingToSettle(publication.state)


@transaction.atomic
def publish_again(publication: Publication, *, by: Agent, now: datetime) -> None:
    """It is not there, says an agent. Raises NothingToSettle."""
    plan = lock_plan(publication.plan)
    again = plan.publications.filter(pk=publication.pk, state__in=(State.FAILED, State.UNCONFIRMED))
    connected = Inbox.objects.filter(pk=publication.inbox_id).exclude(state=Inbox.State.DISCONNECTED)
    if not connected.exists() or not again.update(
        state=State.QUEUED,
        due_at=now,
        claimed_at=None,
        asked_at=None,
        attempts=0,
        problem="",
        reason="",
        code="",
    ):
        raise NothingToSettle(publication.state)
    settle(plan)
    publish(PublicationRetried(**about_publication(publication, now=now, by=by)))
    wake_publishing(publication.inbox_id, at=now)


def settle_by_posts(*, now: datetime) -> int:
    """What the networks told us of since: the same words of the same account. Gives how many."""
    in_doubt = Publication.objects.filter(state=State.UNCONFIRMED, claimed_at__gte=now - LOOKED_FOR)
    count = 0
    for publication in in_doubt.select_related("plan")[:100]:
        post = _told_of(publication)
        if post is not None:
            count += mark_done(publication, external_id=post.external_id, permalink=post.permalink, now=now)
    return count


def _told_of(publication: Publication) -> Post | None:
    """The same words may have been said twice: what belongs to one publication is no proof for another."""
    if not publication.claimed_at or not publication.text:
        return None
    return Post.objects.filter(
        inbox=publication.inbox_id,
        text=publication.text,
        at__gte=publication.claimed_at - CLOCKS_DIFFER,
        removed_at=None,
        publications=None,
    ).first()
