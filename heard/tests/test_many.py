from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.contacts.models import Contact, Identity
from heard.events.models import EventRecord
from heard.inboxes.models import Inbox
from heard.ingest.models import LedgerLine
from heard.many import among, insert_many, insert_rows, made
from heard.tickets.models import Message, Ticket
from tests.cast import NOON, a_workspace, an_inbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox() -> Inbox:
    return an_inbox(a_workspace())


def test_rows_are_copied_as_they_are_told_and_the_rest_has_its_defaults(inbox: Inbox) -> None:
    told = {"at": NOON, "by_id": None, "ticket_id": 7, "payload": {"said": 'Ž\t"\\\n', "at": NOON}}
    insert_rows(
        EventRecord, [{"workspace_id": inbox.workspace_id, "kind": kind, **told} for kind in ("A", "B")]
    )
    insert_rows(EventRecord, [])

    first, second = EventRecord.objects.order_by("id")
    assert (first.kind, second.kind, first.ticket_id, first.by_id) == ("A", "B", 7, None)
    assert first.payload == {"said": 'Ž\t"\\\n', "at": "2026-11-02T12:00:00Z"}

    line = {"workspace_id": inbox.workspace_id, "inbox_id": inbox.pk, "raw_call_id": None, "position": 0}
    more = {"fact": "MessageIn", "key": "k", "about": "", "place": LedgerLine.Place.MESSAGE, "reason": ""}
    insert_rows(LedgerLine, [{**line, **more, "at": NOON}])
    assert LedgerLine.objects.get().created_at > NOON


def test_any_number_of_values_is_one_and_the_same_statement(inbox: Inbox) -> None:
    known = Inbox.objects.order_by("pk")

    with CaptureQueriesContext(connection) as queries:
        assert list(known.filter(among("key", {inbox.key}))) == [inbox]
        assert list(known.filter(among("pk", [inbox.pk, 2**40]))) == [inbox]
        assert not known.filter(among("workspace", [2**62])).exists()
        assert not known.filter(among("pk", []))

    assert len(queries) == 3
    assert "= ANY(" in queries[0]["sql"]


def test_a_row_that_was_made_quickly_is_what_django_makes(inbox: Inbox) -> None:
    for model in (Contact, Identity, Ticket, Message):
        told: dict[str, Any] = {"workspace_id": inbox.workspace_id}
        told |= {"received_at" if model is Message else "created_at": NOON}
        told |= {} if model is Contact else {"inbox": inbox}
        quick, slow = made(model, **told), model(**told)
        assert {**quick.__dict__, "_state": None} == {**slow.__dict__, "_state": None}
        assert (quick._state.adding, quick._state.fields_cache) == (True, slow._state.fields_cache)
    with pytest.raises(KeyError):
        made(Contact, nonsense=1)

    contact = made(Contact, workspace_id=inbox.workspace_id, name="Jana", created_at=NOON)
    insert_many([contact])
    ticket = made(Ticket, workspace_id=inbox.workspace_id, inbox=inbox, contact=contact, waiting_since=NOON)
    ticket.number, ticket.kind, ticket.last_message_at, ticket.tags = 7, "direct", NOON, ["a,b", 'c"']
    insert_many([ticket])
    ticket.refresh_from_db()
    assert (ticket.contact, ticket.post, ticket.tags) == (contact, None, ["a,b", 'c"'])
