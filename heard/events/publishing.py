"""Say that something happened: store it, tell who listens, wake the pages that look at it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from heard.events.models import EventRecord
from heard.many import insert_rows
from heard.realtime.announce import announce


@dataclass(frozen=True, kw_only=True)
class Event:
    """A past fact. Fields beyond these become the payload of its record, so they must be plain values.

    But for those that are AT_HAND: rows as they were just written, for whoever listens at once.
    """

    workspace_id: int
    at: datetime
    ticket_id: int | None = None
    by_id: int | None = None

    @property
    def kind(self) -> str:
        return type(self).__name__

    def payload(self) -> dict[str, Any]:
        kind: Any = type(self)
        return {name: getattr(self, name) for name in _told_by(kind)}


# Marks a field that the record does not tell: it saves every listener the question for the row.
AT_HAND: Final = MappingProxyType({"at hand": True})
ENVELOPE = frozenset(field.name for field in dataclasses.fields(Event))


@cache
def _told_by(kind: type[Event]) -> tuple[str, ...]:
    told = (field for field in dataclasses.fields(kind) if field.metadata != AT_HAND)
    return tuple(field.name for field in told if field.name not in ENVELOPE)


Subscriber = Callable[[Sequence[Any]], None]


@dataclass(frozen=True, kw_only=True)
class On:
    """Who listens to one kind of event. Each is called once with all events of a publication.

    `at_once` runs in the publisher's transaction and does database work only: with it, it is rolled
    back. Whatever is slow or touches a network defers a job there, which starts after the commit.
    """

    event: type[Event]
    at_once: Sequence[Subscriber]


@cache
def subscribers() -> Mapping[type[Event], Sequence[Subscriber]]:
    table = cast("Sequence[On]", import_string(settings.SUBSCRIPTIONS))
    return {on.event: on.at_once for on in table}


def publish(*events: Event) -> None:
    """Call it inside the transaction of the change itself: seen together, rolled back together."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() belongs into the transaction of the change that it tells of")
    insert_rows(EventRecord, [_record(event) for event in events])
    for kind, group in groupby(sorted(events, key=lambda event: event.kind), key=type):
        happened = list(group)
        for subscriber in subscribers().get(kind, ()):
            subscriber(happened)
    announce((event.workspace_id, event.ticket_id) for event in events)


def _record(event: Event) -> dict[str, Any]:
    return {
        "workspace_id": event.workspace_id,
        "kind": event.kind,
        "at": event.at,
        "by_id": event.by_id,
        "ticket_id": event.ticket_id,
        "payload": event.payload(),
    }
