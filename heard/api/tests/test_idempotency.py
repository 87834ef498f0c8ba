from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from heard.api.idempotency import forget_calls
from heard.api.models import IdempotentCall
from heard.api.tests.conftest import Answer, Program
from heard.tickets.models import Message, Note, Ticket
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket


@pytest.fixture
def ticket(today: None, facebook: Network) -> Ticket:
    return a_ticket(facebook, said="Where is my parcel?")


@pytest.fixture
def notes(ticket: Ticket) -> str:
    return f"/tickets/{ticket.number}/note"


def test_the_same_call_again_has_no_second_effect(program: Program, ticket: Ticket) -> None:
    first = program.post(f"/tickets/{ticket.number}/reply", text="On its way.", key="k-1")
    second = program.post(f"/tickets/{ticket.number}/reply", text="On its way.", key="k-1")

    assert (first.status_code, second.status_code) == (202, 202)
    assert second.content == first.content
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Message.objects.filter(direction="out").count() == 1


def test_the_order_of_fields_and_spaces_make_no_other_call(program: Program, ticket: Ticket) -> None:
    path = f"/tickets/{ticket.number}/reply"
    program.post(path, b'{"text": "Hi", "private": false}', key="k-1")

    assert program.post(path, b'{"private":false,"text":"Hi"}', key="k-1").status_code == 202
    assert Message.objects.filter(direction="out").count() == 1


def test_a_key_serves_one_call_only(program: Program, ticket: Ticket, notes: str) -> None:
    program.post(notes, text="One", key="k-1")

    for answer in (
        program.post(notes, text="Two", key="k-1"),
        program.post(f"/tickets/{ticket.number}/reply", text="One", key="k-1"),
    ):
        assert answer.status_code == 422
        assert answer.json()["type"] == "urn:heard:problem:key-reused"
    assert Note.objects.count() == 1


def test_keys_of_two_tokens_are_two_keys(program: Program, notes: str, oto: Agent) -> None:
    program.post(notes, text="Bea's", key="k-1")

    assert Program(oto).post(notes, text="Oto's", key="k-1").status_code == 201


def test_a_refused_call_leaves_its_key_free(program: Program, ticket: Ticket) -> None:
    """Whoever mends what was found sends the mended reply under the same key."""
    path = f"/tickets/{ticket.number}/reply"

    assert program.post(path, text=" ", key="k-1").status_code == 422
    assert program.post(path, text="On its way.", key="k-1").status_code == 202


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201, "tab\t"])
def test_a_key_is_visible_ascii(program: Program, notes: str, key: str) -> None:
    answer = program.post(notes, text="One", key=key)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "header.Idempotency-Key"
    assert not Note.objects.exists()


def test_after_a_day_a_key_is_new(program: Program, notes: str) -> None:
    program.post(notes, text="One", key="k-1")
    IdempotentCall.objects.update(at=timezone.now() - timedelta(hours=25))

    assert program.post(notes, text="Two", key="k-1").status_code == 201


def test_old_calls_are_forgotten(program: Program, notes: str) -> None:
    program.post(notes, text="One", key="k-1")
    assert forget_calls(now=timezone.now()) == 0
    assert forget_calls(now=timezone.now() + timedelta(hours=25)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_have_one_effect(program: Program, notes: str) -> None:
    answers: list[Answer] = []
    together = threading.Barrier(4)

    def call() -> None:
        caller = Program(program.agent, program.token)
        together.wait(timeout=10)
        answers.append(caller.post(notes, text="Once", key="k-1"))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Note.objects.count() == 1
