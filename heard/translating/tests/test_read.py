"""Whoever reads along gets every message in their language, and the original stays what it is."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from pytest_httpserver import HTTPServer

from heard.channels.contract import MessageEdited
from heard.events.models import EventRecord
from heard.tickets.models import Ticket
from heard.tickets.reply import reply
from heard.translating.bring import bring
from heard.translating.models import Reader, Translation
from heard.translating.read import NoSuchLanguage, begin_reading, end_reading
from heard.translating.tasks import translate_ticket
from heard.translating.tests.twins import deepl
from heard.translating.troubles import CannotTranslate, Trouble
from heard.workspaces.models import Agent
from tests.cast import NOON, Network

CZECH = "Dobrý den, kde je můj balík? Zásilka nedorazila."
ENGLISH = "Where is my parcel? I ordered it two weeks ago."


def bells() -> list[tuple[int, str]]:
    """What was rung for, each once; the bells are taken down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%translate_ticket'")
        asked = [json.loads(row[0]) for row in cursor.fetchall()]
        cursor.execute("DELETE FROM procrastinate_jobs")
    return [(one["ticket_id"], one["language"]) for one in asked]


def said_in(ticket: Ticket, language: str) -> dict[str, str]:
    rows = Translation.objects.filter(message__ticket=ticket, language=language)
    return dict(rows.values_list("message__text", "text"))


def test_what_is_there_and_what_comes_is_translated(
    messenger: Network, httpserver: HTTPServer, ann: Agent, bea: Agent
) -> None:
    with deepl(httpserver, ann) as twin:
        ticket = messenger.ticket(messenger.direct(CZECH))
        assert bells() == []

        begin_reading(ticket, language="en", by=bea, now=NOON)
        assert bells() == [(ticket.pk, "en")]
        translate_ticket(ticket_id=ticket.pk, language="en", tries=0)
        assert said_in(ticket, "en") == {CZECH: CZECH.upper()}
        assert twin.heard[0]["source_lang"] == "CS"

        messenger.direct(ENGLISH)
        messenger.direct("👍")
        reply(ticket, text="Už je na cestě", by=ann, now=NOON, private=True)
        assert bells() == [(ticket.pk, "en")]
        translate_ticket(ticket_id=ticket.pk, language="en", tries=0)
        assert said_in(ticket, "en") == {CZECH: CZECH.upper(), "Už je na cestě": "UŽ JE NA CESTĚ", "👍": "👍"}
        assert len(twin.heard) == 2

        end_reading(ticket, by=bea, now=NOON)
        messenger.direct(CZECH + " Prosím.")
        assert bells() == []
        translate_ticket(ticket_id=ticket.pk, language="en", tries=0)
        assert len(twin.heard) == 2


def test_an_edited_message_is_translated_anew(
    facebook: Network, httpserver: HTTPServer, ann: Agent, bea: Agent
) -> None:
    with deepl(httpserver, ann):
        id = facebook.comment(CZECH)
        ticket = facebook.ticket(id)
        begin_reading(ticket, language="en", by=bea, now=NOON)
        bring(ticket, language="en", now=NOON)
        bells()

        facebook.take(MessageEdited(external_id=id, text="Už přišel, děkuji.", at=facebook.tick(), raw={}))
        assert said_in(ticket, "en") == {}
        assert bells() == [(ticket.pk, "en")]
        bring(ticket, language="en", now=NOON)
        assert said_in(ticket, "en") == {"Už přišel, děkuji.": "UŽ PŘIŠEL, DĚKUJI."}


def test_a_failure_stands_with_the_reader_and_passing_ones_are_tried_again(
    messenger: Network, httpserver: HTTPServer, ann: Agent, bea: Agent
) -> None:
    with deepl(httpserver, ann) as twin:
        ticket = messenger.ticket(messenger.direct(CZECH))
        begin_reading(ticket, language="en", by=bea, now=NOON)
        bells()

        twin.fault = (429, {})
        bring(ticket, language="en", now=NOON)
        assert Reader.objects.get().problem == Trouble.TOO_FAST
        assert bells() == [(ticket.pk, "en")]

        twin.fault = (456, {})
        bring(ticket, language="en", now=NOON + timedelta(minutes=1), tries=1)
        assert Reader.objects.get().problem == Trouble.USED_UP
        assert bells() == []
        told = EventRecord.objects.filter(kind="TicketTranslated").order_by("id")
        assert [record.payload["problem"] for record in told] == [Trouble.TOO_FAST, Trouble.USED_UP]

        twin.fault = None
        begin_reading(ticket, language="en", by=bea, now=NOON)
        bring(ticket, language="en", now=NOON)
        assert Reader.objects.get().problem == ""


def test_nobody_reads_without_a_translator_or_in_no_language(messenger: Network, bea: Agent) -> None:
    ticket = messenger.ticket(messenger.direct(CZECH))

    with pytest.raises(CannotTranslate):
        begin_reading(ticket, language="en", by=bea, now=NOON)
    with pytest.raises(NoSuchLanguage):
        begin_reading(ticket, language="english", by=bea, now=NOON)
    assert not Reader.objects.exists()
