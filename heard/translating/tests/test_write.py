from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from heard.contacts.address import address
from heard.contacts.models import Formality
from heard.tickets.delivery import cancel
from heard.tickets.models import Draft, Ticket
from heard.tickets.reply import reply
from heard.translating.bring import bring
from heard.translating.models import Original, Translation
from heard.translating.read import NoSuchLanguage, begin_reading
from heard.translating.tests.twins import deepl
from heard.translating.troubles import CannotTranslate
from heard.translating.write import NothingToTranslate, take_back, translate_draft
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, reloaded

ENGLISH = "It left yesterday, you get it today."
PRIVATE = Draft.Mode.PRIVATE


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    return messenger.ticket(messenger.direct("Dobrý den, kde je můj balík? Zásilka nedorazila."))


def test_the_draft_says_it_in_the_customers_language_and_what_was_written_goes_along(
    ticket: Ticket, httpserver: HTTPServer, ann: Agent, bea: Agent
) -> None:
    with deepl(httpserver, ann) as twin:
        address(ticket.contact, formality=Formality.INFORMAL, by=bea, now=NOON)
        twin.source = "en"
        original, draft = translate_draft(
            Ticket.objects.get(pk=ticket.pk), text=ENGLISH, mode=PRIVATE, into="cs", by=bea, now=NOON
        )
        assert (draft.text, draft.language) == (ENGLISH.upper(), "cs")
        assert (original.text, original.language, original.message) == (ENGLISH, "en", None)
        assert twin.heard[0]["formality"] == "prefer_less"

        sent = reply(ticket, text=draft.text + " :)", by=bea, now=NOON, private=True, language="cs")
        assert reloaded(original).message_id == sent.pk

        # An agent who reads English sees what was written, and pays for no translation of it.
        begin_reading(ticket, language="en", by=bea, now=NOON)
        bring(ticket, language="en", now=NOON)
        assert not Translation.objects.filter(message=sent).exists()

        cancel(sent, by=bea, now=NOON)
        assert reloaded(original).message_id is None


def test_it_can_be_taken_back(ticket: Ticket, httpserver: HTTPServer, ann: Agent, bea: Agent) -> None:
    with deepl(httpserver, ann):
        original, _draft = translate_draft(
            ticket, text=ENGLISH, mode=PRIVATE, into="cs", source="en", by=bea, now=NOON
        )
        draft = take_back(original, by=bea, now=NOON)

    assert (draft.text, draft.language) == (ENGLISH, "en")
    assert not Original.objects.exists()


def test_another_text_is_not_taken_for_the_translation(
    ticket: Ticket, httpserver: HTTPServer, ann: Agent, bea: Agent
) -> None:
    with deepl(httpserver, ann):
        translate_draft(ticket, text=ENGLISH, mode=PRIVATE, into="cs", by=bea, now=NOON)
    reply(ticket, text="Omlouváme se, ozveme se zítra.", by=bea, now=NOON, private=True)

    assert not Original.objects.exists()


def test_where_it_fails_the_draft_stays_as_it_is(
    ticket: Ticket, httpserver: HTTPServer, ann: Agent, bea: Agent
) -> None:
    with deepl(httpserver, ann) as twin:
        twin.fault = (456, {})
        with pytest.raises(CannotTranslate):
            translate_draft(ticket, text=ENGLISH, mode=PRIVATE, into="cs", by=bea, now=NOON)
        with pytest.raises(NothingToTranslate):
            translate_draft(ticket, text=" \n", mode=PRIVATE, into="cs", by=bea, now=NOON)
        with pytest.raises(NoSuchLanguage):
            translate_draft(ticket, text=ENGLISH, mode=PRIVATE, into="", by=bea, now=NOON)

    assert not Draft.objects.exists()
    assert not Original.objects.exists()
