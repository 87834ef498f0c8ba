from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from heard.api.tests.conftest import Program
from heard.channels.contract import Media, MessageEdited, Person, Reaction
from heard.outbox.models import Dispatch
from heard.tickets.delivery import mark_failed, mark_sending, mark_unconfirmed
from heard.tickets.models import Message, Ticket
from tests.cast import Network, a_ticket

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def ticket(today: None, facebook: Network) -> Ticket:
    return a_ticket(facebook, said="Where is my parcel?")


@pytest.fixture
def queued(program: Program, ticket: Ticket) -> Message:
    answer = program.post(f"/tickets/{ticket.number}/reply", text="On its way.")
    return Message.objects.get(pk=answer.json()["id"])


def items(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    return list(answer.json()["items"])


def test_a_ticket_tells_what_was_said_oldest_first(program: Program, ticket: Ticket, queued: Message) -> None:
    first, second = items(program.get(f"/tickets/{ticket.number}/messages"))

    assert (first["direction"], first["text"], first["outcome"]) == ("in", "Where is my parcel?", "answered")
    assert first["author"] == {
        "name": "Jana",
        "address": "person-jana",
        "handle": "",
        "contact": ticket.contact_id,
    }
    assert (first["answered_by"], second["id"]) == (queued.pk, queued.pk)
    assert (second["outcome"], first["delivery"]) == (None, None)
    assert program.get(f"/messages/{first['id']}").json() == first


def test_a_message_tells_what_happened_to_it(program: Program, facebook: Network) -> None:
    id = facebook.comment("Pooor", media=[Media("image", url="https://example.com/a.jpg", name="a.jpg")])
    facebook.take(MessageEdited(at=facebook.tick(), external_id=id, text="Poor"))
    facebook.take(
        Reaction(
            at=facebook.tick(), external_id=id, author=Person("person-dana", "Dana"), name="love", emoji="❤"
        )
    )

    shown = program.get(f"/messages/{facebook.message(id).pk}").json()

    assert (shown["text"], shown["edited_at"] is not None) == ("Poor", True)
    assert [version["text"] for version in shown["versions"]] == ["Pooor"]
    assert [(one["kind"], one["name"]) for one in shown["attachments"]] == [("image", "a.jpg")]
    assert [(one["name"], one["address"]) for one in shown["reactions"]] == [("love", "person-dana")]


def test_pages_of_a_conversation_follow_each_other(program: Program, facebook: Network) -> None:
    ids = [facebook.direct(f"Line {number}") for number in range(5)]
    path = f"/tickets/{facebook.ticket(ids[0]).number}/messages"
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = program.get(path, limit=2, cursor=cursor)
        seen += [item["text"] for item in items(answer)]
        cursor = answer.json()["next"]

    assert seen == [f"Line {number}" for number in range(5)]


@pytest.mark.parametrize("cursor", ["x", "é", "W10", "MjAyNi0xMS0wMlQxMjowMDowMSswMDowMA"])
def test_a_made_up_cursor_is_a_bad_request(program: Program, ticket: Ticket, cursor: str) -> None:
    assert program.get(f"/tickets/{ticket.number}/messages", cursor=cursor).status_code == 400


def test_the_number_of_queries_does_not_grow_with_the_conversation(
    program: Program, facebook: Network, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [facebook.direct(f"Line {number}") for number in range(8)]
    path = f"/tickets/{facebook.ticket(ids[0]).number}/messages"
    program.get(path)

    for limit in (1, 8):
        with django_assert_num_queries(7):
            assert len(items(program.get(path, limit=limit))) == limit


def test_a_reply_is_taken_back_before_it_leaves(program: Program, queued: Message) -> None:
    answer = program.post(f"/messages/{queued.pk}/cancel")

    assert answer.json()["delivery"] == "cancelled"
    assert program.post(f"/messages/{queued.pk}/cancel").json()["code"] == "cannot_cancel"


def test_a_failed_message_is_sent_again_by_word_of_an_agent(program: Program, queued: Message) -> None:
    assert program.post(f"/messages/{queued.pk}/send-again").status_code == 409
    Dispatch.objects.filter(message=queued).update(state=Dispatch.State.FAILED)
    mark_failed(queued, problem="gone", reason="The comment was deleted", now=timezone.now())
    assert program.get(f"/messages/{queued.pk}").json()["delivery_reason"] == "The comment was deleted"

    assert program.post(f"/messages/{queued.pk}/send-again").json()["delivery"] == "queued"


def test_an_unconfirmed_message_was_sent_says_an_agent(program: Program, queued: Message) -> None:
    mark_sending(queued)
    mark_unconfirmed(queued, reason="No answer", now=timezone.now())

    answer = program.post(f"/messages/{queued.pk}/was-sent")

    assert answer.json()["delivery"] == "sent"
    assert timezone.now() - timedelta(minutes=1) < Message.objects.get(pk=queued.pk).sent_at  # type: ignore[operator]
    assert program.post(f"/messages/{queued.pk}/was-sent").status_code == 409
