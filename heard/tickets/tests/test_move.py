"""People who change their number, their id, or hide one of them: one conversation all along."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import AddressChanged, Kind, MessageIn, Person
from heard.contacts.models import Contact, Identity
from heard.events.models import EventRecord
from heard.tickets.models import Thread, Ticket
from tests.cast import Network

ID, NUMBER = "BG.1349", "359888123456"


def test_a_conversation_begun_by_number_goes_on_by_id(messenger: Network) -> None:
    first = messenger.direct("Hello", author=Person(NUMBER), thread=NUMBER)

    second = messenger.direct("Anybody?", author=Person(ID, aliases=(NUMBER,)), thread=ID)

    assert messenger.ticket(first) == messenger.ticket(second)
    assert Thread.objects.get().key == ID


def test_a_conversation_begun_by_id_takes_words_by_number(messenger: Network) -> None:
    first = messenger.direct("Hello", author=Person(ID, aliases=(NUMBER,)), thread=ID)

    second = messenger.direct("Anybody?", author=Person(NUMBER), thread=NUMBER)

    assert messenger.ticket(first) == messenger.ticket(second)
    assert Contact.objects.count() == 1


def test_what_we_wrote_elsewhere_to_the_number_is_in_the_conversation(messenger: Network) -> None:
    asked = messenger.direct("Hello", author=Person(ID, aliases=(NUMBER,)), thread=ID)

    [place] = messenger.take(_an_echo(messenger, to=NUMBER))

    assert place == "ours"
    assert messenger.ticket(asked).messages.count() == 2
    assert Identity.objects.count() == 1


def test_a_new_number_is_the_same_person_and_the_old_one_is_forgotten(messenger: Network) -> None:
    asked = messenger.direct("Hello", author=Person(NUMBER), thread=NUMBER)

    messenger.take(_moved(messenger, NUMBER, "359888999999"))
    later = messenger.direct("My new number", author=Person("359888999999"), thread="359888999999")
    stranger = messenger.direct("Who is this?", author=Person(NUMBER), thread=NUMBER)

    assert messenger.ticket(later) == messenger.ticket(asked)
    assert messenger.ticket(stranger) != messenger.ticket(asked)
    assert EventRecord.objects.get(kind="Happened").ticket_id == messenger.ticket(asked).pk


def test_a_new_number_beside_an_id_changes_the_number_alone(messenger: Network) -> None:
    messenger.direct("Hello", author=Person(ID, aliases=(NUMBER,)), thread=ID)

    messenger.take(_moved(messenger, NUMBER, "359888999999"), _moved(messenger, ID, "BG.5555"))

    identity = Identity.objects.get()
    assert (identity.address, identity.aliases) == ("BG.5555", ["359888999999"])
    assert Thread.objects.get().key == "BG.5555"


def test_two_who_turn_out_to_be_one_become_one_contact(messenger: Network) -> None:
    messenger.direct("Hello", author=Person(NUMBER), thread=NUMBER)
    messenger.direct("Hello", author=Person(ID), thread=ID)

    messenger.take(_moved(messenger, NUMBER, ID))

    assert Identity.objects.values("contact").distinct().count() == 1
    assert Ticket.objects.values("contact").distinct().count() == 1


def test_who_never_wrote_moves_nothing(messenger: Network) -> None:
    assert messenger.take(_moved(messenger, "1", "2")) == ["update"]
    assert not Identity.objects.exists()


def _moved(network: Network, old: str, new: str) -> AddressChanged:
    return AddressChanged(at=network.tick(), raw={"old": old, "new": new}, old=old, new=new)


def _an_echo(network: Network, **fields: Any) -> MessageIn:
    return MessageIn(
        at=network.tick(),
        kind=Kind.DIRECT,
        external_id="echo-1",
        thread=fields["to"],
        text="We are open.",
        author=Person("us"),
        ours=True,
        public=False,
        **fields,
    )
