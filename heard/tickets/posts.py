"""The posts that comments hang on: kept as far as the network told, asked for where it did not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import QuerySet

from heard.channels import contract
from heard.inboxes.models import Inbox
from heard.many import among
from heard.tickets.models import Post
from heard.workspaces.prepared import Some, prepared


def remember_posts(inbox: Inbox, posts: Iterable[contract.Post]) -> dict[str, Post]:
    """Our row for each post, by external id. What we know is never overwritten by emptiness."""
    told: dict[str, contract.Post] = {}
    for post in posts:
        if post.external_id not in told or post.text:
            told[post.external_id] = post
    known = _known(inbox, told)
    Post.objects.bulk_create(
        [_row(inbox, post) for external_id, post in sorted(told.items()) if external_id not in known],
        ignore_conflicts=True,
    )
    for external_id, row in known.items():
        update_post(row, told[external_id])
    return known if len(known) == len(told) else _known(inbox, told)


def update_post(row: Post, told: contract.Post) -> None:
    changed = {name: value for name, value in _fields(told).items() if value and value != getattr(row, name)}
    if told.text or told.picture_url:
        changed["wanted"] = False
    if changed and not (changed == {"wanted": False} and not row.wanted):
        Post.objects.filter(pk=row.pk).update(**changed)


def remove_post(inbox: Inbox, external_id: str, *, at: datetime) -> None:
    Post.objects.filter(inbox=inbox, external_id=external_id, removed_at=None).update(removed_at=at)


def _known(inbox: Inbox, told: Collection[str]) -> dict[str, Post]:
    if not told:
        return {}
    return {row.external_id: row for row in _named(inbox=inbox.pk, ids=Some(told))}


@prepared
def _named(*, inbox: int, ids: Some) -> QuerySet[Post]:
    return Post.objects.filter(among("external_id", ids), inbox=inbox)


def _row(inbox: Inbox, post: contract.Post) -> Post:
    known = bool(post.text or post.picture_url)
    return Post(
        workspace_id=inbox.workspace_id,
        inbox=inbox,
        external_id=post.external_id,
        wanted=not known,
        **_fields(post),
    )


def _fields(post: contract.Post) -> dict[str, object]:
    return {
        "text": post.text,
        "permalink": post.permalink[:2000],
        "picture_url": post.picture_url[:2000],
        "author_name": post.author_name[:200],
        "at": post.at,
        "advert": post.advert,
    }
