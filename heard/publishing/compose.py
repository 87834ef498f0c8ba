"""All that one form says about a post, in one go: whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from heard.publishing.models import PlannedPost
from heard.publishing.pictures import add_picture, describe_picture, remove_picture, take_picture
from heard.publishing.write import Target, rewrite, write
from heard.uploads.taken import uploads_of
from heard.workspaces.models import Agent


@dataclass(frozen=True, slots=True)
class File:
    """A picture that was chosen on somebody's device."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """`alts` and `left_out` name pictures that the post has already, `uploads` what was handed over before."""

    text: str
    targets: Sequence[Target]
    new: Sequence[File] = ()
    uploads: Sequence[int] = ()
    alts: Mapping[int, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()


@transaction.atomic
def compose(plan: PlannedPost | None, composed: Composed, *, by: Agent, now: datetime) -> PlannedPost:
    """Write a new draft, or change `plan`.

    Raises what `write`, `rewrite` and `add_picture` raise, and NoSuchFile.
    """
    if plan is None:
        plan = write(composed.text, targets=composed.targets, by=by, now=now)
    else:
        plan = rewrite(plan, text=composed.text, targets=composed.targets, by=by, now=now)
    for picture in plan.pictures.all():
        if picture.pk in composed.left_out:
            remove_picture(picture, by=by, now=now)
        elif picture.pk in composed.alts:
            describe_picture(picture, alt=composed.alts[picture.pk], by=by, now=now)
    for file in composed.new:
        add_picture(plan, name=file.name, content=file.content, alt="", by=by, now=now)
    for uploaded in uploads_of(composed.uploads, by=by, lock=True):
        take_picture(plan, uploaded, by=by, now=now)
    return PlannedPost.objects.get(pk=plan.pk)
