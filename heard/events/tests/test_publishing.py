from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from heard.events import publishing
from heard.events.models import EventRecord
from heard.events.publishing import Event, On, publish
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, a_workspace


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(Event):
    litres: int


class BiscuitEaten(Event): ...


def test_an_event_is_a_row_with_who_what_and_when(acme: Workspace, bea: Agent) -> None:
    publish(KettleBoiled(workspace_id=acme.pk, at=NOON, by_id=bea.pk, litres=2))

    record = EventRecord.objects.get()
    assert (record.kind, record.at, record.by, record.payload) == ("KettleBoiled", NOON, bea, {"litres": 2})


def test_the_log_is_only_ever_added_to(acme: Workspace) -> None:
    publish(KettleBoiled(workspace_id=acme.pk, at=NOON, litres=2))

    for change in (
        "UPDATE events_eventrecord SET kind = 'NothingHappened'",
        "DELETE FROM events_eventrecord",
    ):
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    assert EventRecord.objects.get().kind == "KettleBoiled"


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_of_the_transaction_of_its_change_is_refused() -> None:
    acme = a_workspace()

    with pytest.raises(RuntimeError):
        publish(KettleBoiled(workspace_id=acme.pk, at=NOON, litres=2))


def test_what_is_rolled_back_never_happened(acme: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _boil_and_fail(acme)

    assert not EventRecord.objects.exists()


def test_subscribers_are_called_once_for_all_events_of_their_kind(
    acme: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[list[Any]] = []
    table = {KettleBoiled: [lambda events: heard.append(list(events))]}
    monkeypatch.setattr(publishing, "subscribers", lambda: table)
    kettles = [KettleBoiled(workspace_id=acme.pk, at=NOON, litres=n) for n in (1, 2)]

    publish(kettles[0], BiscuitEaten(workspace_id=acme.pk, at=NOON), kettles[1])

    assert heard == [kettles]


def test_a_subscriber_that_fails_takes_the_change_with_it(
    acme: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(events: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(publishing, "subscribers", lambda: {KettleBoiled: [fail]})

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(KettleBoiled(workspace_id=acme.pk, at=NOON, litres=2))

    assert not EventRecord.objects.exists()


def test_everything_in_the_table_of_subscriptions_is_an_event_and_a_function() -> None:
    publishing.subscribers.cache_clear()
    table = publishing.subscribers()

    assert table
    for event, told in table.items():
        assert issubclass(event, Event)
        assert all(callable(one) for one in told)
    assert On(event=KettleBoiled, at_once=[]).event is KettleBoiled


def _boil_and_fail(acme: Workspace) -> None:
    publish(KettleBoiled(workspace_id=acme.pk, at=NOON, litres=2))
    raise ZeroDivisionError
