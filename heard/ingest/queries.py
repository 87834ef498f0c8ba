"""What an inbox listens for: try it, add it, change it, remove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from heard.channels.contract import Listens, MessageIn, Query, ReconnectNeeded, Unreadable
from heard.channels.registry import channel
from heard.events.publishing import publish
from heard.inboxes.connect import require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renewing
from heard.inboxes.spending import CAP_IN_WORDS, is_used_up, spend
from heard.inboxes.wire import NETWORK_ERRORS, wire_for
from heard.ingest.events import ListenQueryAdded, ListenQueryChanged, ListenQueryEvent, ListenQueryRemoved
from heard.ingest.look import ring_looks
from heard.ingest.models import ListenQuery, Look
from heard.workspaces.models import Agent

MOST_QUERIES = 50


class BadQuery(Exception):
    """Empty, there already, or one too many. `code` says which: empty · there · too_many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CannotTry(Exception):
    """The network, or our own cap, did not let us; `reason` is what was said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Tried:
    """What matches at present, newest last."""

    found: Sequence[MessageIn]


def can_listen(inbox: Inbox) -> bool:
    return isinstance(channel(inbox.channel), Listens)


def try_query(inbox: Inbox, *, text: str, now: datetime) -> Tried:
    """One search, paid like any other. Nothing of it is taken in. Raises BadQuery or CannotTry."""
    query = Query("", _cleaned(text))
    network = channel(inbox.channel)
    if not isinstance(network, Listens) or is_used_up(inbox, now=now):
        raise CannotTry(CAP_IN_WORDS if isinstance(network, Listens) else "")
    try:
        wire = wire_for(credentials_of(inbox))
        with renewing(inbox, used=wire.credentials, now=now):
            polled = network.search(query, wire, cursor={})
    except ReconnectNeeded as error:
        require_reconnect(inbox, reason=error.reason, now=now)
        raise CannotTry(error.reason) from error
    except (NotConnected, CannotOpen, *NETWORK_ERRORS) as error:
        raise CannotTry(str(error)) from error
    spend(inbox, polled.cost, what="search", now=now)
    try:
        facts = [fact for hook in polled.calls for fact in network.parse(hook)]
    except Unreadable as error:
        raise CannotTry(error.reason) from error
    return Tried([fact for fact in facts if isinstance(fact, MessageIn)])


@transaction.atomic
def add_query(inbox: Inbox, *, name: str, text: str, by: Agent, now: datetime) -> ListenQuery:
    """Raises BadQuery."""
    Inbox.objects.select_for_update(no_key=True).get(pk=inbox.pk)
    if inbox.queries.count() >= MOST_QUERIES:
        raise BadQuery("too_many")
    query = ListenQuery(
        workspace_id=inbox.workspace_id, inbox=inbox, name=name, text=_cleaned(text), created_at=now
    )
    _save(query)
    Look.objects.create(workspace_id=inbox.workspace_id, inbox=inbox, query=query, due_at=now)
    publish(_told(ListenQueryAdded, query, by=by, now=now))
    ring_looks(inbox.pk, at=now)
    return query


@transaction.atomic
def change_query(query: ListenQuery, *, name: str, text: str, by: Agent, now: datetime) -> None:
    """With other words it is another search, which begins anew. Raises BadQuery."""
    text = _cleaned(text)
    anew = text != query.text
    query.name, query.text, query.refused = name, text, "" if anew else query.refused
    _save(query)
    if anew:
        Look.objects.filter(query=query).update(
            cursor={}, due_at=now, failures=0, problem="", live_until=None
        )
        ring_looks(query.inbox_id, at=now)
    publish(_told(ListenQueryChanged, query, by=by, now=now))


@transaction.atomic
def remove_query(query: ListenQuery, *, by: Agent, now: datetime) -> None:
    """What it found stays."""
    publish(_told(ListenQueryRemoved, query, by=by, now=now))
    query.delete()


def _cleaned(text: str) -> str:
    cleaned = " ".join(text.replace("\x00", "").split())
    if not cleaned:
        raise BadQuery("empty")
    return cleaned


def _save(query: ListenQuery) -> None:
    try:
        with transaction.atomic():
            query.save()
    except IntegrityError as error:
        raise BadQuery("there") from error


def _told(event: type[ListenQueryEvent], query: ListenQuery, *, by: Agent, now: datetime) -> ListenQueryEvent:
    return event(
        workspace_id=query.workspace_id,
        at=now,
        by_id=by.pk,
        inbox_id=query.inbox_id,
        name=query.name,
        text=query.text,
    )
