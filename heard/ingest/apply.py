"""What each kind of fact does, apart from customers' messages, which are received many at once."""

from __future__ import annotations

from datetime import datetime

from heard.channels import contract
from heard.ingest.facts import Arrived
from heard.ingest.models import LedgerLine
from heard.tickets import change
from heard.tickets.change import NotHereYet
from heard.tickets.echo import take_echo
from heard.tickets.models import Post
from heard.tickets.posts import remember_posts, remove_post

Place = LedgerLine.Place


def apply(arrived: Arrived, *, now: datetime) -> tuple[Place, str]:
    """Where the fact ended, and why if that needs a word."""
    try:
        return _apply(arrived, now=now)
    except NotHereYet:
        if _is_about_a_post(arrived):
            return Place.UPDATE, ""
        return Place.PARKED, "The message that it is about has not come yet."


def _apply(arrived: Arrived, *, now: datetime) -> tuple[Place, str]:
    inbox, fact = arrived.inbox, arrived.fact
    match fact:
        case contract.Ignored():
            return Place.IGNORED, fact.reason
        case contract.MessageIn():
            known = (
                "" if take_echo(inbox, fact, now=now) else "Known, or the start of a conversation of our own."
            )
            return Place.OURS, known
        case contract.MessageEdited():
            change.edit(inbox, fact, now=now)
        case contract.MessageDeleted():
            change.remove(inbox, fact, now=now)
        case contract.MessageHidden():
            change.note_hidden(inbox, fact, now=now)
        case contract.Reaction():
            change.react(inbox, fact, now=now)
        case contract.Receipt():
            change.take_receipt(inbox, fact, now=now)
        case contract.PostPublished(removed=True):
            remove_post(inbox, fact.post.external_id, at=fact.at)
        case contract.PostPublished():
            remember_posts(inbox, [fact.post])
        case contract.Happening():
            change.happen(inbox, fact, now=now)
    return Place.UPDATE, ""


def _is_about_a_post(arrived: Arrived) -> bool:
    return Post.objects.filter(inbox=arrived.inbox, external_id=arrived.about).exists()
