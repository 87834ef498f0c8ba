from __future__ import annotations

from collections.abc import Iterator

import pytest

from heard.channels.contract import Kind as Said
from heard.channels.contract import MessageIn, Person
from heard.contacts.claim import claim
from heard.contacts.merge import OfAnotherWorkspace, merge, unmerge
from heard.contacts.models import Claim, Contact, Identity
from heard.contacts.suggest import Kind, Strength, dismiss_suggestion
from heard.contacts.tests.people import identity_of, somebody
from heard.tickets.numbers import public_number
from heard.tickets.suggest_people import suggestions
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, Network, an_inbox
from tests.mailbox import a_mailbox, mailboxes


@pytest.fixture
def mail(acme: Workspace) -> Iterator[Network]:
    with mailboxes():
        yield Network(a_mailbox(acme))


def why(contact: Contact) -> dict[str, list[tuple[Kind, Strength]]]:
    return {
        one.contact.name: [(reason.kind, reason.strength) for reason in one.evidence]
        for one in suggestions(contact)
    }


def test_nobody_is_suggested_without_a_reason(messenger: Network) -> None:
    somebody(messenger, "Dana")

    assert suggestions(somebody(messenger, "Jana")) == []


def test_a_name_in_common_is_weak_and_a_first_name_is_nothing(facebook: Network, messenger: Network) -> None:
    here, there = somebody(facebook, "Jana Nová"), somebody(messenger, "jana nová")
    somebody(messenger, "Jana")

    assert why(here) == {"jana nová": [(Kind.SAME_NAME, Strength.WEAK)]}
    assert not suggestions(here)[0].is_strong
    assert why(there) == {"Jana Nová": [(Kind.SAME_NAME, Strength.WEAK)]}


def test_an_address_that_was_named_is_weak_until_it_is_confirmed(
    messenger: Network, mail: Network, bea: Agent
) -> None:
    jana, owner = somebody(messenger, "Jana"), somebody(mail, "Owner")
    Identity.objects.filter(contact=owner).update(address="jana@example.com")
    claimed = claim(
        identity_of(messenger, "Jana"),
        inbox=mail.inbox,
        address="jana@example.com",
        how=Claim.How.SAID,
        by=bea,
        now=NOON,
    )

    assert why(jana) == {"Owner": [(Kind.CLAIMED, Strength.WEAK)]}
    Claim.objects.filter(pk=claimed.claim.pk).update(proved_at=NOON)
    assert why(jana) == {"Owner": [(Kind.PROVED, Strength.STRONG)]}


def test_one_address_in_two_mailboxes_is_proved_where_both_are(mail: Network, acme: Workspace) -> None:
    other = Network(a_mailbox(acme, "sales@acme.example"))
    here, there = somebody(mail, "Here"), somebody(other, "There")
    Identity.objects.update(address="jana@example.com")

    assert why(here) == {"There": [(Kind.SAME_ADDRESS, Strength.GOOD)]}
    Identity.objects.update(proof=Identity.Proof.VERIFIED)
    assert why(there) == {"Here": [(Kind.SAME_ADDRESS, Strength.STRONG)]}


def test_a_mailbox_that_was_only_given_in_words_is_weak(messenger: Network, mail: Network) -> None:
    jana, owner = somebody(messenger, "Jana"), somebody(mail, "Owner")
    Identity.objects.filter(contact=owner).update(address="jana@example.com")

    messenger.direct("Write to Jana@example.com.", by="Jana")

    assert why(jana) == {"Owner": [(Kind.CLAIMED, Strength.WEAK)]}


def test_one_telephone_number_on_two_channels(messenger: Network, acme: Workspace) -> None:
    whatsapp = Network(an_inbox(acme, "whatsapp"))
    here, there = somebody(messenger, "Here"), somebody(whatsapp, "There")
    Identity.objects.filter(contact=here).update(address="+420601123456")
    Identity.objects.filter(contact=there).update(address="420601123456")

    assert why(here) == {"There": [(Kind.SAME_PHONE, Strength.GOOD)]}
    assert why(there) == {"Here": [(Kind.SAME_PHONE, Strength.GOOD)]}


def test_numbers_that_networks_give_people_are_no_telephones(facebook: Network, messenger: Network) -> None:
    here, there = somebody(facebook, "Here"), somebody(messenger, "There")
    Identity.objects.filter(contact__in=(here, there)).update(address="4206011234567")

    assert suggestions(here) == []


def test_a_number_of_the_others_ticket_was_quoted(facebook: Network, messenger: Network) -> None:
    ticket = messenger.ticket(messenger.direct("Hello", by="Jana"))
    number = public_number(ticket.workspace, ticket.number)
    contact = facebook.ticket(facebook.comment(f"I have waited since {number}", by="Jenny")).contact

    assert why(contact) == {"Jana": [(Kind.QUOTED, Strength.GOOD)]}


@pytest.mark.parametrize(
    "text",
    [
        "I wrote to you on Facebook as Jana Nová yesterday",
        "Psala jsem vám na Facebook jako Jana Nová.",
        "Σας έγραψα στο Facebook ως Jana Nová",
        "@jana.nova on facebook, that is me",
    ],
)
def test_they_say_under_which_name_they_wrote_elsewhere(facebook: Network, mail: Network, text: str) -> None:
    somebody(facebook, "Jana Nová")
    Identity.objects.update(handle="jana.nova")
    fact = MessageIn(
        kind=Said.EMAIL,
        external_id="m1",
        thread="m1",
        text=text,
        author=Person("jn@example.com", name="J. N."),
        public=False,
        at=NOON,
    )
    mail.take(fact)

    assert why(mail.ticket("m1").contact) == {"Jana Nová": [(Kind.STATED, Strength.GOOD)]}


def test_what_was_dismissed_stays_dismissed_also_after_a_merge(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    here, there = somebody(facebook, "Jana Nová"), somebody(messenger, "Jana Nová")
    hana = somebody(facebook, "Hana")

    dismiss_suggestion(there, here, by=bea, now=NOON)
    dismiss_suggestion(here, there, by=bea, now=NOON)

    assert suggestions(here) == suggestions(there) == []
    row = merge(hana, here, by=bea, now=NOON)
    assert suggestions(hana) == suggestions(there) == []
    unmerge(row, by=bea, now=NOON)
    assert suggestions(here) == []


def test_who_was_merged_is_suggested_as_whom_they_went_into(
    facebook: Network, messenger: Network, bea: Agent
) -> None:
    here, there = somebody(facebook, "Jana Nová"), somebody(messenger, "Jana Nová")
    number = public_number(bea.workspace, there.tickets.get().number)
    facebook.comment(f"See {number}", by="Jana Nová")
    dana = somebody(messenger, "Dana")
    merge(dana, there, by=bea, now=NOON)

    assert [one.contact for one in suggestions(here)] == [dana]
    merge(here, dana, by=bea, now=NOON)
    assert suggestions(here) == []


def test_nothing_is_suggested_or_dismissed_across_workspaces(
    messenger: Network, bea: Agent, cyril: Agent
) -> None:
    here = somebody(messenger, "Jana Nová")
    theirs = somebody(Network(an_inbox(cyril.workspace, "messenger")), "Jana Nová")

    assert suggestions(here) == []
    with pytest.raises(OfAnotherWorkspace):
        dismiss_suggestion(here, theirs, by=bea, now=NOON)
