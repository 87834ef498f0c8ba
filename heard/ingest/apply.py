"""What each kind of fact does, apart from customers' messages, which are received many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heard.channels import contract
from heard.ingest.facts import Arrived
from heard.ingest.models import LedgerLine
from heard.tickets import change
from heard.tickets.echo import take_echo
from heard.tickets.models import Post
from heard.tickets.move import move
from heard.tickets.not_here import NotHereYet
from heard.tickets.posts import remember_posts, remove_post
from heard.tickets.unread import who_may_read_more

Place = LedgerLine.Place

NOT_COME = "What it is about has not come yet."


@dataclass(frozen=True, slots=True)
class Ended:
    """Where a fact ended, why if that needs a word, and what a parked one waits for."""

    place: Place
    reason: str = ""
    awaited: str = ""


def apply(arrived: Arrived, *, now: datetime) -> Ended:
    try:
        return _apply(arrived, now=now)
    except NotHereYet as missing:
        if _is_about_a_post(arrived):
            return Ended(Place.UPDATE)
        return Ended(Place.PARKED, NOT_COME, missing.awaited)


def apply_edits(arrived: Sequence[Arrived], *, now: datetime) -> list[Ended]:
    """Many edits of one inbox at once. Gives where each ended."""
    facts = [one.fact for one in arrived if isinstance(one.fact, contract.MessageEdited)]
    missing = change.edit(arrived[0].inbox, facts, now=now)
    here, parked = Ended(Place.UPDATE), Ended(Place.PARKED, NOT_COME)
    return [parked if one.about in missing else here for one in arrived]


def apply_reads(arrived: Sequence[Arrived], *, now: datetime) -> list[Ended]:
    """Many times up to which somebody read, of one inbox and in this order. Gives where each ended."""
    facts = [one.fact for one in arrived if isinstance(one.fact, contract.Receipt)]
    news = who_may_read_more(arrived[0].inbox, {fact.address for fact in facts})
    ends = zip(arrived, facts, strict=True)
    return [apply(one, now=now) if fact.address in news else Ended(Place.UPDATE) for one, fact in ends]


def _apply(arrived: Arrived, *, now: datetime) -> Ended:
    inbox, fact = arrived.inbox, arrived.fact
    match fact:
        case contract.Ignored():
            return Ended(Place.IGNORED, fact.reason)
        case contract.MessageIn():
            return Ended(Place.OURS, "" if take_echo(inbox, fact, now=now) else "We knew it already.")
        case contract.MessageEdited() if arrived.held and change.says_so_already(inbox, fact):
            return Ended(Place.UPDATE, "We knew it already.")
        case contract.MessageEdited():
            if missing := change.edit(inbox, [fact], now=now):
                raise NotHereYet(min(missing))
        case contract.MessageDeleted():
            change.remove(inbox, fact, now=now)
        case contract.MessageHidden():
            change.note_hidden(inbox, fact, now=now)
        case contract.Reaction():
            change.react(inbox, fact, now=now)
        case contract.Receipt():
            if missing := change.take_receipt(inbox, fact, now=now):
                raise NotHereYet(min(missing))
        case contract.PostPublished(removed=True):
            remove_post(inbox, fact.post.external_id, at=fact.at)
        case contract.PostPublished():
            remember_posts(inbox, [fact.post])
        case contract.AddressChanged():
            move(inbox, fact, now=now)
        case contract.Happening():
            change.happen(inbox, fact, now=now)
    return Ended(Place.UPDATE)


def _is_about_a_post(arrived: Arrived) -> bool:
    return Post.objects.filter(inbox=arrived.inbox, external_id=arrived.about).exists()
