"""People with several addresses at one network, as WhatsApp's numbers and ids."""

from __future__ import annotations

from heard.channels.contract import Person
from heard.contacts.identify import address_known, identify
from heard.contacts.models import Contact, Identity
from heard.inboxes.models import Inbox
from tests.cast import NOON, Network, reloaded

ID, NUMBER = "BG.1349", "359888123456"


def test_whoever_was_known_by_number_is_the_same_person_by_id(facebook: Network) -> None:
    before = _who(facebook.inbox, Person(NUMBER, name="Ana"))

    now = _who(facebook.inbox, Person(ID, name="Ana", aliases=(NUMBER,)))

    assert now == before
    assert (reloaded(before).address, reloaded(before).aliases) == (ID, [NUMBER])
    assert Contact.objects.count() == 1


def test_a_person_who_hides_the_number_stays_the_same(facebook: Network) -> None:
    both = _who(facebook.inbox, Person(ID, aliases=(NUMBER,)))

    assert _who(facebook.inbox, Person(ID)) == _who(facebook.inbox, Person(NUMBER)) == both
    assert reloaded(both).address == ID


def test_an_id_learns_its_number_later(facebook: Network) -> None:
    _who(facebook.inbox, Person(ID))

    _who(facebook.inbox, Person(ID, aliases=(NUMBER,)))

    assert Identity.objects.get().aliases == [NUMBER]
    assert address_known(facebook.inbox, NUMBER) == ID
    assert address_known(facebook.inbox, "nobody") == "nobody"


def test_a_number_in_common_makes_nobody_the_same_person(facebook: Network) -> None:
    _who(facebook.inbox, Person(ID, aliases=(NUMBER,)))

    _who(facebook.inbox, Person("BG.7777", aliases=(NUMBER,)))

    assert Contact.objects.count() == 2


def test_aliases_count_at_one_account_only(facebook: Network, messenger: Network) -> None:
    _who(facebook.inbox, Person(ID, aliases=(NUMBER,)))

    _who(messenger.inbox, Person(NUMBER))

    assert Contact.objects.count() == 2


def _who(inbox: Inbox, person: Person) -> Identity:
    return identify(inbox, {person.address: person}, now=NOON)[person.address]
