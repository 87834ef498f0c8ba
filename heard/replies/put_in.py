"""A saved reply goes into an answer that somebody is writing: its text, and copies of its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heard.replies.files import for_use
from heard.replies.models import ReplyFile
from heard.replies.offer import Offer
from heard.replies.use import note_inserted
from heard.replies.variants import way_of
from heard.tickets.models import Ticket
from heard.tickets.route import Route
from heard.uploads.upload import BadFile
from heard.workspaces.models import Agent


@dataclass(frozen=True, slots=True)
class PutIn:
    """`left_out` are names of files that the network does not take, or that there was no room for."""

    text: str
    language: str
    formality: str
    block: str
    files: Sequence[int] = ()
    left_out: Sequence[str] = ()


@transaction.atomic
def put_in(found: Offer, ticket: Ticket, *, way: Route | None, place: str, by: Agent, now: datetime) -> PutIn:
    """`place` names the draft that the files are for. Without a way it is a note, which takes none."""
    variant = found.variant
    note_inserted(found.reply, way=way_of(variant), ticket=ticket, text=found.text, by=by, now=now)
    names = list(found.reply.files.order_by("position", "pk").values_list("name", flat=True))
    files: list[int] = []
    if names and way is not None and _takes_all(found, way):
        try:
            with transaction.atomic():
                files = [one.pk for one in for_use(found.reply, by, now=now, place=place)]
        except BadFile:
            files = []
    return PutIn(
        text=found.text,
        language=variant.language,
        formality=variant.formality,
        block=found.reply.block,
        files=files,
        left_out=[] if files else names,
    )


def _takes_all(found: Offer, way: Route) -> bool:
    """What the network takes none of is not attached only to be taken off again."""
    taken = way.files
    kept: Sequence[ReplyFile] = list(found.reply.files.all())
    return taken is not None and all(
        (most := taken.largest(one.content_type)) is not None and one.size <= most for one in kept
    )
