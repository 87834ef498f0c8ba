from __future__ import annotations

import pytest
from django.db import connection

from heard.tickets import search as search_of
from heard.tickets.models import Ticket
from heard.tickets.numbers import public_number
from heard.tickets.reply import reply
from heard.tickets.search import search
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, an_inbox


@pytest.mark.parametrize("words", ["balík", "balik", "BALÍK", "kde balik", '"muj balik"', "-motorka balik"])
def test_words_are_found_whatever_their_accents_and_case(facebook: Network, bea: Agent, words: str) -> None:
    ticket = a_ticket(facebook, said="Kde je můj balík?")
    a_ticket(facebook, said="Koupím motorku", by="Oto")

    assert found(bea, words) == [ticket]


@pytest.mark.parametrize(("said", "words"), [("Πού είναι η παραγγελία;", "παραγγελια"), ("Čevlji", "cevlji")])
def test_words_of_other_alphabets_are_found(facebook: Network, bea: Agent, said: str, words: str) -> None:
    ticket = a_ticket(facebook, said=said)

    assert found(bea, words) == [ticket]


def test_our_own_words_are_found_too(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Where?")
    reply(ticket, text="In the depot of Brno.", by=bea, now=facebook.tick())

    assert found(bea, "brno") == [ticket]


def test_a_number_leads_to_its_ticket_before_all_others(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Hello")
    newer = a_ticket(facebook, said=f"I was given {ticket.number}", by="Oto")

    assert found(bea, f"#{ticket.number}")[0] == ticket
    assert found(bea, str(ticket.number)) == [ticket, newer]
    assert found(bea, public_number(ticket.workspace, ticket.number))[0] == ticket


def test_people_are_found_by_a_part_of_their_name(facebook: Network, bea: Agent) -> None:
    ticket = a_ticket(facebook, said="Hello", by="Kovářová")

    assert found(bea, "kovář") == [ticket]
    assert found(bea, "ko") == []


def test_the_newest_words_come_first_and_each_ticket_once(facebook: Network, bea: Agent) -> None:
    old = facebook.comment("parcel one")
    new = a_ticket(facebook, said="parcel two", by="Oto")
    facebook.comment("parcel three", under=old)

    assert found(bea, "parcel") == [facebook.ticket(old), new]


@pytest.mark.parametrize("ample", [0, search_of.AMPLE, 10**6])
def test_a_middling_word_is_found_wherever_it_was_said(
    facebook: Network, bea: Agent, monkeypatch: pytest.MonkeyPatch, ample: int
) -> None:
    """In the newest part of all messages first; where too few are in that, among all."""
    monkeypatch.setattr(search_of, "MIDDLING", range(10**9))
    monkeypatch.setattr(search_of, "AMPLE", ample)
    monkeypatch.setattr(search_of, "ENOUGH", 2)
    old = a_ticket(facebook, said="Where is my parcel?")
    a_ticket(facebook, said="Hello", by="Oto")
    new = a_ticket(facebook, said="The parcel is wet", by="Eva")

    assert found(bea, "parcel") == [new, old]
    assert found(bea, "motorbike") == []


def test_nothing_of_another_workspace_is_ever_found(facebook: Network, cyril: Agent) -> None:
    ticket = a_ticket(facebook, said="secret parcel", by="Kovářová")

    for words in ("secret", "Kovářová", str(ticket.number), public_number(ticket.workspace, ticket.number)):
        assert found(cyril, words) == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "\x00",
        "\ud800",
        "'; DROP TABLE tickets_ticket; --",
        "%_\\",
        '"' * 99,
        "((((",
        "a:* & !b | <-> c",
        "-" * 500,
        "x" * 100_000,
        "1" * 30,
        "#" + "9" * 18,
        "or or or and not",
        "🙂",
        "\u202e\u200b",
    ],
)
def test_hostile_words_find_nothing_and_break_nothing(facebook: Network, bea: Agent, words: str) -> None:
    an_inbox(bea.workspace, "messenger")
    a_ticket(facebook, said="Where is my parcel?")

    assert found(bea, words) == []
    assert len(found(bea, "parcel")) == 1


def test_each_question_is_planned_for_its_own_words(facebook: Network, bea: Agent) -> None:
    """The driver prepares what is asked often, and PostgreSQL would then keep one plan for rare and common words."""
    a_ticket(facebook, said="Where is my parcel?")
    for _ in range(12):
        search(bea, "parcel")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(custom_plans) > 6, sum(generic_plans) FROM pg_prepared_statements "
            "WHERE statement LIKE %s",
            ["%websearch_to_tsquery%"],
        )
        assert cursor.fetchone() == (True, 0)


def found(agent: Agent, words: str) -> list[Ticket]:
    tickets = Ticket.objects.visible_to(agent).in_bulk(search(agent, words))
    return [tickets[pk] for pk in search(agent, words)]
