"""Which ticket does a message belong to? Networks group messages into threads; threads run in tickets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from heard.channels.contract import MessageIn
from heard.contacts.models import Identity
from heard.inboxes.models import Inbox
from heard.many import among
from heard.tickets.models import CONVERSATIONS, Message, State, Thread, Ticket
from heard.workspaces.prepared import Some, prepared

_MAKE = """
    INSERT INTO tickets_thread (workspace_id, inbox_id, key, kind)
    SELECT %s, %s, key, kind FROM unnest(%s::text[], %s::text[]) AS new (key, kind)
    ON CONFLICT DO NOTHING
"""


def follow_people(inbox: Inbox, people: Iterable[Identity]) -> None:
    """The conversation of a person goes on under the address that we call them by now."""
    called = {alias: person.address for person in people for alias in person.aliases}
    if not called:
        return
    there = set(
        Thread.objects.filter(inbox=inbox, key__in=set(called.values())).values_list("key", flat=True)
    )
    for thread in Thread.objects.filter(inbox=inbox, key__in=list(called), kind__in=CONVERSATIONS).order_by(
        "-id"
    ):
        if called[thread.key] not in there:
            there.add(called[thread.key])
            Thread.objects.filter(pk=thread.pk).update(key=called[thread.key])


def lock_threads(inbox: Inbox, keys: Mapping[str, str]) -> dict[str, Thread]:
    """The thread of each key (`keys`: key → kind), made where it is new, locked with its ticket.

    The unique key of the database decides between two who make the same thread at once, so that a
    burst of first messages ends in one ticket. Locks are taken in one order everywhere, threads
    before tickets and each by id: nobody waits for somebody who waits for them.
    """
    if not keys:
        return {}
    in_order = sorted(keys.items())
    with connection.cursor() as cursor:
        named = ([key for key, _kind in in_order], [kind for _key, kind in in_order])
        cursor.execute(_MAKE, [inbox.workspace_id, inbox.pk, *named])
    threads = _locked(inbox=inbox.pk, keys=Some(keys))
    tickets = lock_tickets(thread.ticket_id for thread in threads)
    for thread in threads:
        thread.ticket = tickets.get(thread.ticket_id or 0)
    return {thread.key: thread for thread in threads}


@prepared
def _locked(*, inbox: int, keys: Some) -> QuerySet[Thread]:
    return (
        Thread.objects.select_for_update(no_key=True).filter(among("key", keys), inbox=inbox).order_by("id")
    )


def lock_tickets(ids: Iterable[int | None]) -> dict[int, Ticket]:
    wanted = {id for id in ids if id is not None}
    return {ticket.pk: ticket for ticket in _held(tickets=Some(sorted(wanted)))} if wanted else {}


@prepared
def _held(*, tickets: Some) -> QuerySet[Ticket]:
    rows = Ticket.objects.select_for_update(no_key=True, of=("self",)).filter(among("pk", tickets))
    return rows.order_by("id").select_related("contact")


def root_keys(inbox: Inbox, facts: Sequence[MessageIn]) -> dict[str, str]:
    """external id → key of the thread it belongs to.

    A network may name the comment that was answered instead of the root of the conversation. If we
    know that comment, its thread is the one.
    """
    named = {fact.external_id: fact.thread for fact in facts}
    strangers = {key for key in named.values() if key not in named}
    known = dict(_threads_of(inbox=inbox.pk, messages=Some(strangers))) if strangers else {}
    above = {**named, **known}
    return {external_id: _climb(external_id, above) for external_id in named}


@prepared
def _threads_of(*, inbox: int, messages: Some) -> QuerySet[Message, tuple[str, str]]:
    known = Message.objects.filter(among("external_id", messages), inbox=inbox)
    known = known.exclude(external_id="")  # in the words of its index
    return known.values_list("external_id", "thread__key")


def _climb(external_id: str, above: Mapping[str, str]) -> str:
    seen = {external_id}
    key = above[external_id]
    while key in above and above[key] != key and key not in seen:
        seen.add(key)
        key = above[key]
    return key


def continues(ticket: Ticket, *, kind: str, at: datetime, reopen_within: timedelta) -> bool:
    """Does a new message go on in this ticket, or is it a new matter?

    Conversations never end at the network, so a resolved ticket takes them only for a while. A
    public thread is one matter however old it is.
    """
    if kind not in CONVERSATIONS or ticket.state != State.RESOLVED or ticket.resolved_at is None:
        return True
    return at < ticket.resolved_at + reopen_within
