from __future__ import annotations

from datetime import timedelta

from heard.channels.contract import MessageEdited, Person
from heard.contacts.models import Contact
from heard.contacts.speak import speak
from heard.events.models import EventRecord
from heard.tickets.reply import reply
from heard.tickets.resolve import resolve
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, reloaded

CZECH = "Dobrý den, kde je můj balík? Zásilka nedorazila."
ENGLISH = "Where is my parcel? I ordered it two weeks ago."


def test_each_message_has_its_own_language_and_the_ticket_that_of_the_first(messenger: Network) -> None:
    first, second, unclear = messenger.direct(CZECH), messenger.direct(ENGLISH), messenger.direct("ok 👍")

    said = [messenger.message(one) for one in (first, second, unclear)]
    assert [(one.language, one.language_certain) for one in said] == [
        ("cs", True),
        ("en", True),
        ("", False),
    ]
    assert {one.ticket.language for one in said} == {"cs"}
    assert said[0].ticket.contact.proposed_language == ""

    messenger.direct(ENGLISH)
    assert messenger.ticket(first).contact.proposed_language == "en"


def test_the_profile_tells_where_nothing_was_written_yet(messenger: Network) -> None:
    ana = Person(address="ana", name="Ana", language="pt-BR")

    ticket = messenger.ticket(messenger.direct("ok 👍", author=ana, thread="ana"))
    assert (ticket.language, ticket.contact.language_from) == ("pt", "network")

    messenger.direct(CZECH, author=ana, thread="ana")
    assert reloaded(ticket).contact.language == "cs"


def test_an_edited_message_is_listened_to_anew(facebook: Network) -> None:
    id = facebook.comment(ENGLISH)
    facebook.take(MessageEdited(external_id=id, text=CZECH, at=facebook.tick(), raw={}))

    assert facebook.message(id).language == "cs"


def test_open_tickets_follow_what_a_person_says_and_later_ones_too(messenger: Network, bea: Agent) -> None:
    old = messenger.ticket(messenger.direct(ENGLISH))
    resolve(old, by=bea, now=NOON, note="done by telephone")
    messenger.tick(days=30)
    ticket = messenger.ticket(messenger.direct(ENGLISH))
    assert ticket.pk != old.pk

    speak(ticket.contact, language="sl", by=bea, now=messenger.now)
    assert (reloaded(old).language, reloaded(ticket).language) == ("en", "sl")
    told = EventRecord.objects.get(kind="TicketLanguageChanged")
    assert (told.ticket_id, told.payload["language"]) == (ticket.pk, "sl")

    resolve(ticket, by=bea, now=messenger.now, note="done by telephone")
    messenger.tick(days=30)
    assert messenger.ticket(messenger.direct(ENGLISH)).language == "sl"


def test_a_reply_is_in_the_tickets_language_unless_the_agent_chose_another(
    messenger: Network, bea: Agent
) -> None:
    ticket = messenger.ticket(messenger.direct(CZECH))

    usual = reply(ticket, text="Už je na cestě.", by=bea, now=NOON + timedelta(minutes=1), private=True)
    chosen = reply(
        ticket, text="It is on its way.", by=bea, now=NOON + timedelta(minutes=2), private=True, language="en"
    )

    assert (usual.language, chosen.language) == ("cs", "en")


def test_the_language_of_a_ticket_is_the_messages_own_while_nobody_said_anything(messenger: Network) -> None:
    ticket = messenger.ticket(messenger.direct(CZECH))
    Contact.objects.filter(pk=ticket.contact_id).update(language="hu", language_from="network")

    messenger.tick(days=30)
    assert messenger.ticket(messenger.comment(ENGLISH)).language == "en"
