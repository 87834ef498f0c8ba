from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from heard.channels.contract import Person
from heard.contacts.identify import ANONYMOUS, identify
from heard.contacts.models import Contact, Identity
from heard.inboxes.models import Inbox
from tests.cast import NOON, Network, a_workspace, an_inbox, reloaded


def test_an_address_is_one_person_for_ever(facebook: Network) -> None:
    first = _who(facebook.inbox, Person("p1", name="Jana"))
    again = _who(facebook.inbox, Person("p1", name="Jana"))

    assert first == again
    assert Contact.objects.get().name == "Jana"


def test_the_same_address_at_two_accounts_is_two_people(facebook: Network, messenger: Network) -> None:
    one, other = _who(facebook.inbox, Person("p1")), _who(messenger.inbox, Person("p1"))

    assert one.contact != other.contact


def test_a_new_name_at_the_network_is_followed(facebook: Network) -> None:
    _who(facebook.inbox, Person("p1", name="Jana  Nováková"))
    _who(facebook.inbox, Person("p1", name="Jana Kovářová"))
    _who(facebook.inbox, Person("p1"))

    assert Contact.objects.get().name == Identity.objects.get().name == "Jana Kovářová"


def test_a_name_that_an_agent_gave_stays(facebook: Network) -> None:
    identity = _who(facebook.inbox, Person("p1", name="jk1987"))
    Contact.objects.update(name="Jana (the baker)")

    _who(facebook.inbox, Person("p1", name="jk1988"))

    assert reloaded(identity.contact).name == "Jana (the baker)"
    assert reloaded(identity).name == "jk1988"


def test_whom_the_network_hides_is_not_asked_for(facebook: Network) -> None:
    hidden = _who(facebook.inbox, Person(f"{ANONYMOUS}c1"))
    known = _who(facebook.inbox, Person("p1"))

    assert (hidden.profile, known.profile) == (Identity.Profile.REFUSED, Identity.Profile.WANTED)


@pytest.mark.django_db(transaction=True)
def test_two_who_meet_the_same_stranger_at_once_make_one_contact() -> None:
    inbox = an_inbox(a_workspace("Acme"))
    failed: list[Exception] = []

    def meet() -> None:
        try:
            with transaction.atomic():
                people = {f"p{n}": Person(f"p{n}", name=f"Name {n}") for n in range(20)}
                identify(inbox, people, now=NOON)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=meet) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert failed == []
    assert Identity.objects.count() == Contact.objects.count() == 20


def _who(inbox: Inbox, person: Person) -> Identity:
    return identify(inbox, {person.address: person}, now=NOON)[person.address]
