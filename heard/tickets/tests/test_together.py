"""Agents and the intake at one ticket at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from heard.tickets.delivery import mark_sending, mark_sent, send_again
from heard.tickets.like import like
from heard.tickets.models import Message, Ticket
from heard.tickets.note import note
from heard.tickets.reply import reply
from heard.tickets.tag import tag
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import NOON, Network, a_workspace, an_agent, an_inbox, reloaded
from tests.front import until


@pytest.fixture
def shop(transactional_db: None) -> Network:
    return Network(an_inbox(a_workspace("Acme"), "messenger"))


@pytest.fixture
def bea(shop: Network) -> Agent:
    return an_agent(shop.inbox.workspace, "Bea")


def _reply(ticket: Ticket, by: Agent) -> None:
    reply(ticket, text="On its way.", by=by, now=NOON)


def _like(ticket: Ticket, by: Agent) -> None:
    like(ticket.messages.select_related("ticket", "inbox").get(), by=by, now=NOON)


def _tag(ticket: Ticket, by: Agent) -> None:
    tag(ticket, add=["late"], by=by, now=NOON)
    note(ticket, text="Called the carrier.", by=by, now=NOON)


@pytest.mark.parametrize("act", [_reply, _like, _tag])
def test_an_agent_and_a_new_message_do_not_stop_each_other(
    shop: Network, bea: Agent, act: Callable[[Ticket, Agent], None]
) -> None:
    ticket = shop.ticket(shop.direct("Where is my parcel?"))
    calls.stored(shop.inbox, calls.direct("m2", "Hello?", at=shop.tick()), now=shop.now)
    failed: list[Exception] = []
    intake = threading.Thread(target=_take, args=(failed,))

    with transaction.atomic():
        act(ticket, bea)
        intake.start()
        until(_somebody_waits)
    intake.join(20)

    assert failed == []
    assert shop.ticket("m2") == ticket
    assert reloaded(ticket).is_open


def test_ten_first_messages_at_once_are_one_ticket(shop: Network) -> None:
    for n in range(10):
        calls.stored(shop.inbox, calls.direct(f"m{n}", "Hello", at=NOON), now=NOON)
    failed: list[Exception] = []
    intakes = [threading.Thread(target=_take, args=(failed,)) for _ in range(3)]
    for intake in intakes:
        intake.start()
    for intake in intakes:
        intake.join(20)

    calls.take_all(now=NOON)

    assert failed == []
    assert Ticket.objects.get().messages.count() == 10


def test_two_agents_who_reply_at_once_both_do(shop: Network, bea: Agent) -> None:
    ticket = shop.ticket(shop.direct("Where is my parcel?"))
    failed: list[Exception] = []

    def act() -> None:
        try:
            reply(ticket, text="On its way.", by=bea, now=NOON)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    agents = [threading.Thread(target=act) for _ in range(4)]
    for agent in agents:
        agent.start()
    for agent in agents:
        agent.join(20)

    assert failed == []
    assert Message.objects.filter(direction="out").count() == 4


def test_an_echo_and_sending_again_do_not_stop_each_other(shop: Network, bea: Agent) -> None:
    answer = reply(shop.ticket(shop.direct("Hi")), text="Hello.", by=bea, now=NOON)
    mark_sending(answer)
    Message.objects.filter(pk=answer.pk).update(delivery="unconfirmed")
    calls.stored(shop.inbox, calls.own_direct("r1", "Hello.", at=NOON, token=str(answer.token)), now=NOON)
    failed: list[Exception] = []
    intake = threading.Thread(target=_take, args=(failed,))

    with transaction.atomic():
        send_again(answer, by=bea, now=NOON)
        intake.start()
        until(_somebody_waits)
    intake.join(20)
    mark_sent(answer, external_id="r1", now=NOON)

    assert failed == []
    assert reloaded(answer).delivery == "sent"
    assert Message.objects.filter(direction="out").count() == 1


def _take(failed: list[Exception]) -> None:
    try:
        calls.take_all(now=NOON)
    except Exception as error:
        failed.append(error)
    finally:
        connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
