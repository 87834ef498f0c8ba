"""What came of one call. The plan is locked first, as everywhere; a later word goes before an older one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.channels import contract
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.publishing.events import (
    PublicationDone,
    PublicationFailed,
    PublicationUnconfirmed,
    about_publication,
)
from heard.publishing.locked import lock_plan
from heard.publishing.models import Publication
from heard.publishing.settle import settle
from heard.tickets.models import Post
from heard.tickets.posts import remember_posts
from heard.workspaces.models import Agent

State = Publication.State


@transaction.atomic
def mark_done(
    publication: Publication, *, external_id: str, permalink: str, now: datetime, by: Agent | None = None
) -> bool:
    """It stands at the network. Comments on it arrive as tickets under the post that we keep of it."""
    plan = lock_plan(publication.plan)
    if not _close(
        publication, State.DONE, published_at=now, permalink=permalink[:2000], reason="", problem=""
    ):
        return False
    post = _remember(publication, external_id, permalink, now) if external_id else None
    Publication.objects.filter(pk=publication.pk).update(post=post)
    settle(plan)
    told = about_publication(publication, now=now, by=by)
    publish(PublicationDone(**told, external_id=external_id, permalink=permalink))
    return True


@transaction.atomic
def mark_failed(
    publication: Publication, *, problem: str, reason: str, now: datetime, code: str = ""
) -> bool:
    plan = lock_plan(publication.plan)
    if not _close(publication, State.FAILED, problem=problem, reason=reason, code=code[:40]):
        return False
    settle(plan)
    publish(PublicationFailed(**about_publication(publication, now=now), problem=str(problem), reason=reason))
    return True


@transaction.atomic
def mark_unconfirmed(publication: Publication, *, reason: str, now: datetime) -> bool:
    """The call left us and no answer came. Only a person, or the post itself, settles it."""
    plan = lock_plan(publication.plan)
    if not _close(publication, State.UNCONFIRMED, reason=reason):
        return False
    settle(plan)
    publish(PublicationUnconfirmed(**about_publication(publication, now=now), reason=reason))
    return True


@transaction.atomic
def mark_queued(publication: Publication, *, reason: str, code: str, due_at: datetime, attempts: int) -> bool:
    """Certainly not accepted; it waits for another try."""
    plan = lock_plan(publication.plan)
    if not _close(publication, State.QUEUED, reason=reason, code=code[:40], due_at=due_at, attempts=attempts):
        return False
    settle(plan)
    return True


def _close(publication: Publication, state: Publication.State, **fields: object) -> bool:
    """Only as long as it stands as it did for who asks: another may have settled it meanwhile."""
    held = Publication.objects.filter(
        pk=publication.pk, state=publication.state, claimed_at=publication.claimed_at
    )
    return bool(held.update(state=state, **fields))


def _remember(publication: Publication, external_id: str, permalink: str, now: datetime) -> Post:
    inbox = Inbox.objects.get(pk=publication.inbox_id)
    post = contract.Post(
        external_id, text=publication.text, permalink=permalink, author_name=inbox.name, at=now
    )
    return remember_posts(inbox, [post])[external_id]
