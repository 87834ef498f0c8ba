from __future__ import annotations

import pytest

from heard.contacts.hear import Hearing, hear
from heard.contacts.models import Contact
from heard.contacts.speak import NoSuchLanguage, speak
from heard.events.models import EventRecord
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded


@pytest.fixture
def jana(acme: Workspace) -> Contact:
    return Contact.objects.create(workspace=acme, name="Jana")


def test_the_first_language_heard_is_theirs(jana: Contact) -> None:
    assert hear(jana, "cs")
    assert not hear(jana, "cs")

    assert (jana.language, jana.language_from) == ("cs", Contact.Source.DETECTED)


def test_what_they_write_counts_more_than_what_their_profile_says(acme: Workspace) -> None:
    ana = Contact(workspace=acme, language="en", language_from=Contact.Source.NETWORK)

    hear(ana, "el")

    assert (ana.language, ana.language_from, ana.heard_times) == ("el", Contact.Source.DETECTED, 0)


def test_two_messages_in_a_row_in_another_language_propose_it(jana: Contact) -> None:
    hear(jana, "cs")

    for language, proposed in (("en", ""), ("cs", ""), ("en", ""), ("de", ""), ("en", ""), ("en", "en")):
        hear(jana, language)
        assert jana.proposed_language == proposed, language

    assert not hear(jana, "en")
    assert jana.language == "cs"


def test_what_a_person_said_is_never_overwritten(jana: Contact, bea: Agent) -> None:
    speak(jana, language="sl", by=bea, now=NOON)

    for _ in range(3):
        hear(jana, "hr")

    assert (jana.language, jana.language_from) == ("sl", Contact.Source.SAID)
    assert jana.proposed_language == "hr"


def test_saying_what_is_known_drops_the_proposal(jana: Contact, bea: Agent) -> None:
    for language in ("cs", "en", "en"):
        hear(jana, language)
    jana.save()

    speak(jana, language="cs", by=bea, now=NOON)
    speak(jana, language="cs", by=bea, now=NOON)

    assert reloaded(jana).proposed_language == ""
    assert reloaded(jana).language_from == Contact.Source.SAID
    assert EventRecord.objects.get(kind="ContactSpeaks").payload == {
        "contact_id": jana.pk,
        "language": "cs",
        "before": "cs",
    }


def test_nobody_knows_after_all(jana: Contact, bea: Agent) -> None:
    speak(jana, language="cs", by=bea, now=NOON)
    speak(jana, language="", by=bea, now=NOON)

    assert (jana.language, jana.language_from) == ("", "")


@pytest.mark.parametrize("wrong", ["xx", "CS", "cs-CZ", "klingon"])
def test_it_has_to_be_a_language(jana: Contact, bea: Agent, wrong: str) -> None:
    with pytest.raises(NoSuchLanguage):
        speak(jana, language=wrong, by=bea, now=NOON)
    assert reloaded(jana).language == ""


def test_what_a_person_says_while_messages_come_in_stands(jana: Contact, bea: Agent) -> None:
    hearing, read_before = Hearing(), reloaded(jana)
    speak(jana, language="sl", by=bea, now=NOON)

    hearing.hear(read_before, "hr")
    hearing.save()

    assert (reloaded(jana).language, reloaded(jana).language_from) == ("sl", Contact.Source.SAID)


def test_two_identities_of_one_person_are_heard_as_one(jana: Contact) -> None:
    hearing = Hearing()
    for language in ("cs", "en", "en"):
        hearing.hear(reloaded(jana), language)
    hearing.save()

    assert reloaded(jana).language == "cs"
    assert reloaded(jana).proposed_language == "en"
