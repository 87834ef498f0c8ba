from __future__ import annotations

import re
from typing import Any

from django.test import Client
from pytest_httpserver import HTTPServer

from heard.contacts.models import Contact, Formality
from heard.tickets.models import Draft, Message, Ticket
from heard.translating.models import Original, Reader
from heard.translating.tasks import translate_ticket
from heard.translating.tests.twins import deepl
from heard.web.tickets.tests.test_continuing import HTMX
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

CZECH = "Dobrý den, kde je můj balík? Zásilka nedorazila."
ENGLISH = "Where is my parcel? I ordered it two weeks ago."


def of(ticket: Ticket, verb: str = "") -> str:
    return f"/tickets/{ticket.number}{verb}"


def test_the_language_is_corrected_by_one_click(messenger: Network, of_bea: Client) -> None:
    ticket = a_ticket(messenger, said=CZECH, direct=True)
    messenger.direct(ENGLISH)
    messenger.direct(ENGLISH + " Please.")
    page = of_bea.get(of(ticket)).text
    assert "Writes in English lately." in page
    assert "Recognised in what they wrote" in page
    assert f'lang="en">{ENGLISH}</p>' in page
    assert f'lang="cs">{CZECH}</p>' in page

    shown = of_bea.post(of(ticket, "/speaks"), {"language": "sl"}, headers=HTMX)

    assert "Bea set the language: Slovenian" in shown.text
    assert "Writes in English lately." not in shown.text
    contact = reloaded(ticket).contact
    assert (contact.language, contact.language_from) == ("sl", Contact.Source.SAID)
    assert reloaded(ticket).language == "sl"
    assert 'lang="sl"' in of_bea.get(of(ticket, "/composer?mode=private"), headers=HTMX).text

    wrong = of_bea.post(of(ticket, "/speaks"), {"language": "klingon"}, headers=HTMX)
    assert (wrong.status_code, 'id="trouble-speaks"' in wrong.text) == (422, True)


def test_how_to_address_somebody_is_said_beside_it(messenger: Network, of_bea: Client) -> None:
    ticket = a_ticket(messenger, said=CZECH, direct=True)

    of_bea.post(of(ticket, "/address"), {"formality": "informal"})
    assert reloaded(ticket).contact.formality == Formality.INFORMAL

    of_bea.post(of(ticket, "/address"), {"formality": ""})
    assert reloaded(ticket).contact.formality == ""


def test_agents_read_a_foreign_ticket_in_their_language(
    messenger: Network, httpserver: HTTPServer, ann: Agent, of_bea: Client
) -> None:
    ticket = a_ticket(messenger, said=CZECH, direct=True)
    assert "Translate for me" not in of_bea.get(of(ticket)).text
    assert "Translation is not set up." in of_bea.get(of(ticket)).text
    refused = of_bea.post(of(ticket, "/read"), {"reads": "yes"}, headers=HTMX)
    assert refused.status_code == 422

    with deepl(httpserver, ann) as twin:
        assert "Translate for me into English" in of_bea.get(of(ticket)).text
        before = _version(of_bea, ticket)
        of_bea.post(of(ticket, "/read"), {"reads": "yes"})
        translate_ticket(ticket_id=ticket.pk, language="en", tries=0)

        page = of_bea.get(of(ticket)).text
        assert "Translated into English for you" in page
        assert "From Czech by DeepL" in page
        assert f'<p class="message-text" lang="en" dir="ltr">{CZECH.upper()}</p>' in page
        assert f'lang="cs">{CZECH}</p>' in page
        assert _version(of_bea, ticket) != before

        twin.fault = (456, {})
        messenger.direct(CZECH + " Děkuji.")
        translate_ticket(ticket_id=ticket.pk, language="en", tries=0)
        assert "What the translation service allows in this period is used up." in of_bea.get(of(ticket)).text

        of_bea.post(of(ticket, "/read"), {"reads": "no"})
        assert not Reader.objects.exists()
        assert CZECH.upper() not in of_bea.get(of(ticket)).text


def test_what_an_agent_writes_is_translated_in_the_box_and_kept(
    facebook: Network, httpserver: HTTPServer, ann: Agent, of_bea: Client, of_oto: Client
) -> None:
    ticket = a_ticket(facebook, said=CZECH)
    written = {"mode": "public", "text": "It left\r\nyesterday.", "language": "cs", "into": "cs"}
    with deepl(httpserver, ann) as twin:
        twin.source = "en"
        put: dict[str, Any] = of_bea.post(of(ticket, "/translate"), written, headers=HTMX).json()
        assert (put["text"], put["language"], put["direction"]) == ("IT LEFT\nYESTERDAY.", "cs", "ltr")
        assert "You wrote in English" in put["html"]

        back = of_bea.post(of(ticket, "/untranslate"), {"mode": "public"}, headers=HTMX).json()
        assert (back["text"], back["language"], back["html"].strip()) == ("It left\nyesterday.", "en", "")
        assert Draft.objects.get().language == "en"

        # Without a script the page comes anew and begins with it.
        page = of_bea.post(of(ticket, "/translate"), written, follow=True).text
        assert "IT LEFT\nYESTERDAY.</textarea>" in page
        assert "You wrote in English" in page
        assert "You wrote in English" not in of_oto.get(of(ticket)).text

    sent = {"mode": "public", "text": "IT LEFT\nYESTERDAY.", "language": "cs"}
    assert of_bea.post(of(ticket, "/reply"), sent).status_code == 302
    message = Message.objects.get(direction="out")
    assert (message.language, Original.objects.get().message_id) == ("cs", message.pk)
    assert "Bea wrote it in English" in of_oto.get(of(ticket)).text


def test_what_goes_wrong_is_said_at_the_box(
    messenger: Network, httpserver: HTTPServer, ann: Agent, of_bea: Client
) -> None:
    ticket = a_ticket(messenger, said=CZECH, direct=True)
    written = {"mode": "private", "text": "It left.", "language": "en", "into": "cs"}
    with deepl(httpserver, ann) as twin:
        twin.fault = (429, {})
        failed = of_bea.post(of(ticket, "/translate"), written, headers=HTMX)
        assert (failed.status_code, "patience" in failed.json()["problem"]) == (422, True)
        twin.fault = None
        for wrong in ({"text": " "}, {"into": "xx"}):
            assert of_bea.post(of(ticket, "/translate"), written | wrong, headers=HTMX).status_code == 422
    assert of_bea.post(of(ticket, "/untranslate"), {"mode": "private"}, headers=HTMX).status_code == 404
    assert not Draft.objects.exists()


def test_a_draft_and_a_reply_are_in_the_language_that_was_chosen(facebook: Network, of_bea: Client) -> None:
    ticket = a_ticket(facebook, said=CZECH)
    typed = {"mode": "public", "text": "On its way.", "version": "0", "language": "en"}
    of_bea.post(of(ticket, "/draft"), typed)
    composer = of_bea.get(of(ticket, "/composer?mode=public"), headers=HTMX).text
    assert re.search(r'id="text-public"[^>]* lang="en"', composer)
    assert re.search(r'<option value="en"[^>]* selected>', composer)

    of_bea.post(of(ticket, "/reply"), {"mode": "public", "text": "On its way.", "language": "en"})
    assert Message.objects.get(direction="out").language == "en"


def _version(browser: Client, ticket: Ticket) -> str:
    found = re.search(r'id="m\d+"[^>]* data-version="([^"]+)"', browser.get(of(ticket)).text)
    assert found
    return found[1]
