from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from heard.channels.contract import Kind, MessageIn, Person
from heard.contacts.merge import merges_of, unmerge
from heard.contacts.models import Claim, Identity
from heard.tickets.continue_elsewhere import continue_by_email
from heard.tickets.models import Thread, Ticket
from heard.tickets.prove import MOST_TRIES, make_code
from heard.workspaces.models import Agent, Workspace
from tests.cast import Network, a_ticket, reloaded
from tests.mailbox import a_mailbox, mailboxes

JANA = "jana@example.com"


@pytest.fixture
def mail(acme: Workspace) -> Iterator[Network]:
    with mailboxes():
        yield Network(a_mailbox(acme))


@pytest.fixture
def ticket(messenger: Network) -> Ticket:
    return a_ticket(messenger, said="It is broken", direct=True)


@pytest.fixture
def thread(ticket: Ticket, mail: Network, bea: Agent, messenger: Network) -> Thread:
    return continue_by_email(ticket, address=JANA, inbox=mail.inbox, by=bea, now=messenger.tick())


def test_the_code_told_where_they_wrote_first_proves_the_address(
    ticket: Ticket, thread: Thread, messenger: Network
) -> None:
    code = make_code(Claim.objects.get(), now=messenger.now)

    messenger.direct(f"It is {code}, thanks")

    proved = Identity.objects.get(address=JANA)
    assert (proved.contact, proved.proof) == (ticket.contact, Identity.Proof.VERIFIED)
    assert Claim.objects.get().how == Claim.How.CODE
    # It is a merge like any other, and can be undone.
    [row] = merges_of(ticket.contact)
    unmerge(row, by=None, now=messenger.now)
    assert reloaded(proved).contact != ticket.contact


def test_a_wrong_code_proves_nothing_and_a_few_are_enough(
    thread: Thread, ticket: Ticket, messenger: Network
) -> None:
    code = make_code(Claim.objects.get(), now=messenger.now)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(MOST_TRIES):
        messenger.direct(f"Is it {wrong}?")

    messenger.direct(code)

    assert Claim.objects.get().proved_at is None
    assert Claim.objects.get().code_tries == MOST_TRIES


def test_a_code_is_good_for_three_days_and_for_its_own_claim(
    thread: Thread, ticket: Ticket, messenger: Network
) -> None:
    code = make_code(Claim.objects.get(), now=messenger.now)
    messenger.direct(code, by="Mallory")
    assert Claim.objects.get().proved_at is None
    messenger.tick(days=3)

    messenger.direct(code)

    assert Claim.objects.get().proved_at is None


def test_the_code_said_in_public_is_not_listened_to(
    thread: Thread, ticket: Ticket, messenger: Network, facebook: Network
) -> None:
    code = make_code(Claim.objects.get(), now=messenger.now)
    Identity.objects.filter(inbox=messenger.inbox).update(inbox=facebook.inbox)

    facebook.comment(code)

    assert Claim.objects.get().proved_at is None


def test_a_proved_mail_in_the_thread_proves_the_address(
    ticket: Ticket, thread: Thread, mail: Network
) -> None:
    mail.take(_mail(thread.key, verified=True, at=mail.tick()))

    assert Claim.objects.get().how == Claim.How.WROTE
    assert Identity.objects.get(address=JANA).contact == ticket.contact


def test_a_mail_whose_sender_is_not_proved_proves_nothing(
    ticket: Ticket, thread: Thread, mail: Network
) -> None:
    mail.take(_mail(thread.key, verified=False, at=mail.tick()))

    assert Claim.objects.get().proved_at is None
    assert Identity.objects.get(address=JANA).contact != ticket.contact


def test_whoever_owns_the_address_and_writes_of_something_else_confirms_nothing(
    ticket: Ticket, thread: Thread, mail: Network
) -> None:
    mail.take(_mail("another-thread", verified=True, at=mail.tick()))

    assert Claim.objects.get().proved_at is None
    assert mail.ticket("m1").contact != ticket.contact


def test_somebody_with_a_history_of_their_own_is_left_to_a_person(
    ticket: Ticket, thread: Thread, mail: Network, messenger: Network
) -> None:
    mail.take(_mail("another-thread", verified=True, at=mail.tick()))
    code = make_code(Claim.objects.get(), now=messenger.now)

    messenger.direct(code)

    assert Claim.objects.get().proved_at is not None
    assert mail.ticket("m1").contact != ticket.contact


def _mail(thread: str, *, verified: bool, at: datetime) -> MessageIn:
    return MessageIn(
        kind=Kind.EMAIL,
        external_id="m1",
        thread=thread,
        text="Here it is.",
        author=Person(JANA, name="Jana"),
        public=False,
        at=at + timedelta(seconds=30),
        verified=verified,
    )
