"""Most receipts that somebody has read up to a time say what we know already: those cost next to nothing."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from heard.contacts.models import Identity
from heard.inboxes.models import Inbox
from heard.many import among
from heard.tickets.delivery import REACHED_FROM
from heard.tickets.models import Delivery, Message, Thread
from heard.workspaces.prepared import Some, prepared


def who_may_read_more(inbox: Inbox, addresses: Collection[str]) -> set[str]:
    """Those of them to whom we wrote what is not known to be read. Three questions, whatever their number."""
    people = dict(_people(workspace=inbox.workspace_id, addresses=Some(addresses)))
    threads = dict(_threads(inbox=inbox.pk, keys=Some(addresses)))
    if not people and not threads:
        return set()
    unread = _unread(people=Some(people), threads=Some(threads))
    found = {people.get(author or 0) for author, _thread in unread}
    found |= {threads.get(thread) for _author, thread in unread}
    return {address for address in found if address is not None}


@prepared
def _people(*, workspace: int, addresses: Some) -> QuerySet[Identity, tuple[int, str]]:
    """Also in its other inboxes: who was answered in private may be known by the public one."""
    called = Identity.objects.filter(among("address", addresses), workspace=workspace)
    return called.values_list("pk", "address")


@prepared
def _threads(*, inbox: int, keys: Some) -> QuerySet[Thread, tuple[int, str]]:
    return Thread.objects.filter(among("key", keys), inbox=inbox).values_list("pk", "key")


@prepared
def _unread(*, people: Some, threads: Some) -> QuerySet[Message, tuple[int | None, int]]:
    """By the two columns that have an index: asked through both tables at once, none could be used."""
    to_them = Q(among("author", people)) | Q(among("thread", threads))
    ours = Message.objects.filter(to_them, delivery__in=REACHED_FROM[Delivery.READ])
    return ours.values_list("author_id", "thread_id").distinct()
