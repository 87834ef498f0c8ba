from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from heard.channels.contract import Kind, MessageIn, Person
from heard.contacts.models import Claim, Contact, Identity
from heard.events.models import EventRecord
from heard.inboxes.models import Inbox
from heard.outbox.deliver import deliver_next
from heard.tickets.continue_elsewhere import (
    BadAddress,
    CannotContinue,
    NoNumber,
    continue_by_email,
    continue_by_phone,
)
from heard.tickets.models import Kind as OurKind
from heard.tickets.models import Message, Thread, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.reply import reply
from heard.tickets.route import NoWay, elsewhere, route
from heard.workspaces.models import Agent, Workspace
from tests.cast import Network, a_ticket, an_inbox, reloaded
from tests.mailbox import Mailbox, a_mailbox, mailboxes

JANA = "jana@example.com"


@pytest.fixture
def post() -> Iterator[Mailbox]:
    with mailboxes() as box:
        yield box


@pytest.fixture
def mailbox(post: Mailbox, acme: Workspace) -> Inbox:
    return a_mailbox(acme)


def test_the_ticket_goes_on_by_mail_under_its_number(
    messenger: Network, mailbox: Inbox, post: Mailbox, bea: Agent
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)

    thread = continue_by_email(
        ticket, address=" Jana@Example.com ", inbox=mailbox, by=bea, now=messenger.tick()
    )
    answer = reply(ticket, text="Please send the bill.", by=bea, now=messenger.tick(), via=thread)
    assert deliver_next(mailbox, now=messenger.now + timedelta(minutes=1))

    number = public_number(ticket.workspace, ticket.number)
    [sent] = post.sent
    assert (answer.ticket, answer.kind, answer.public) == (ticket, OurKind.EMAIL, False)
    assert (sent.kind, sent.to, sent.text) == (Kind.EMAIL, JANA, "Please send the bill.")
    assert number in answer.subject
    assert not reloaded(ticket).is_open


def test_what_the_customer_mails_back_lands_in_the_same_ticket(
    messenger: Network, mailbox: Inbox, bea: Agent
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    thread = continue_by_email(ticket, address=JANA, inbox=mailbox, by=bea, now=messenger.tick())
    reply(ticket, text="Please send the bill.", by=bea, now=messenger.tick(), via=thread)
    mail = Network(mailbox, now=messenger.now)

    mail.take(_mail("m1", "Here it is.", thread=thread, at=mail.tick()))

    assert mail.ticket("m1") == ticket
    assert reloaded(ticket).is_open
    # And the usual way is now the one that they wrote by last.
    assert route(ticket, private=True).inbox == mailbox
    assert not Ticket.objects.exclude(pk=ticket.pk).exists()


def test_an_address_that_was_only_named_belongs_to_nobody_else(
    messenger: Network, mailbox: Inbox, bea: Agent
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)

    continue_by_email(ticket, address=JANA, inbox=mailbox, by=bea, now=messenger.tick())

    claimed = Identity.objects.get(address=JANA)
    claim = Claim.objects.get()
    assert claimed.proof == Identity.Proof.CLAIMED
    assert claimed.contact != ticket.contact
    assert (claim.identity, claim.how, claim.by, claim.proved_at) == (claimed, Claim.How.SAID, bea, None)
    assert claim.claimant.contact == ticket.contact


def test_a_named_address_of_somebody_who_writes_to_us_stays_theirs(
    messenger: Network, mailbox: Inbox, bea: Agent
) -> None:
    victim = a_ticket(Network(mailbox), said="My secret", by="Jana", direct=True).contact
    address = Identity.objects.get(inbox=mailbox).address
    Identity.objects.filter(address=address).update(address=JANA)
    ticket = a_ticket(messenger, said="I am Jana, too", by="Mallory", direct=True)

    continue_by_email(ticket, address=JANA, inbox=mailbox, by=bea, now=messenger.tick())

    assert Identity.objects.get(address=JANA).contact == victim
    assert Identity.objects.get(address=JANA).proof == ""


def test_a_proved_address_is_the_contacts_own(messenger: Network, mailbox: Inbox, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)

    continue_by_email(ticket, address=JANA, inbox=mailbox, by=bea, now=messenger.tick(), verified=True)

    proved = Identity.objects.get(address=JANA)
    assert (proved.contact, proved.proof) == (ticket.contact, Identity.Proof.VERIFIED)
    assert Contact.objects.count() == 1


def test_continuing_twice_is_one_thread_and_one_event(messenger: Network, mailbox: Inbox, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)

    one = continue_by_email(ticket, address=JANA, inbox=mailbox, by=bea, now=messenger.tick())
    two = continue_by_email(ticket, address=JANA, inbox=mailbox, by=bea, now=messenger.tick())

    assert one == two
    assert elsewhere(ticket) == [one]
    assert EventRecord.objects.filter(kind="TicketContinued").count() == 1


def test_nothing_is_sent_by_itself(messenger: Network, mailbox: Inbox, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)

    continue_by_email(ticket, address=JANA, inbox=mailbox, by=bea, now=messenger.tick())

    assert not Message.objects.filter(direction="out").exists()
    assert reloaded(ticket).is_open


def test_a_reply_to_what_cannot_be_answered_goes_where_the_case_goes_on(
    acme: Workspace, mailbox: Inbox, bea: Agent
) -> None:
    deaf = an_inbox(acme, "facebook")  # its abilities answer no forms
    network = Network(deaf)
    fact = MessageIn(
        kind=Kind.FORM,
        external_id="f1",
        thread="f1",
        text="The tap drips",
        author=Person("jana", name="Jana"),
        public=False,
        at=network.tick(),
    )
    network.take(fact)
    ticket = network.ticket("f1")
    with pytest.raises(NoWay, match="no_private_reply"):
        reply(ticket, text="We come on Monday.", by=bea, now=network.tick())

    thread = continue_by_email(ticket, address=JANA, inbox=mailbox, by=None, now=network.tick())

    answer = reply(ticket, text="We come on Monday.", by=bea, now=network.tick())
    assert answer.thread == thread
    assert Claim.objects.get().how == Claim.How.GIVEN
    assert not reloaded(ticket).is_open


def test_a_thread_of_another_ticket_is_no_way(messenger: Network, mailbox: Inbox, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    other = a_ticket(messenger, said="Hello", by="Dana", direct=True)
    thread = continue_by_email(other, address=JANA, inbox=mailbox, by=bea, now=messenger.tick())

    with pytest.raises(NoWay):
        reply(ticket, text="Hi", by=bea, now=messenger.tick(), via=thread)


@pytest.mark.parametrize("address", ["", "jana", "jana@", "a@b\r\nBcc: x@y.cz", "@x.cz", "a" * 300 + "@x.cz"])
def test_what_is_no_address_is_refused(messenger: Network, mailbox: Inbox, bea: Agent, address: str) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    with pytest.raises(BadAddress):
        continue_by_email(ticket, address=address, inbox=mailbox, by=bea, now=messenger.tick())


def test_only_a_mailbox_of_this_workspace_will_do(
    messenger: Network, mailbox: Inbox, bea: Agent, cyril: Agent
) -> None:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    for inbox in (messenger.inbox, a_mailbox(cyril.workspace)):
        with pytest.raises(CannotContinue):
            continue_by_email(ticket, address=JANA, inbox=inbox, by=bea, now=messenger.tick())


def test_it_goes_on_by_telephone_with_a_call_back(messenger: Network, bea: Agent) -> None:
    ticket = a_ticket(messenger, said="Please call me", direct=True)
    at = messenger.now + timedelta(hours=2)

    planned = continue_by_phone(
        ticket, number="+420 601 123 456", at=at, by=bea, now=messenger.tick(), note="About the bill"
    )

    assert (planned.number, planned.at, planned.note) == ("+420601123456", at, "About the bill")
    assert reloaded(ticket).call_back_at == at
    assert reloaded(ticket).is_open  # a promise is no answer
    assert elsewhere(ticket) == []  # nothing can be written there
    assert Thread.objects.get(ticket=ticket, kind=OurKind.CALL).inbox.account == "calls"
    with pytest.raises(NoNumber):
        continue_by_phone(ticket, number="call me", at=at, by=bea, now=messenger.tick())


def _mail(id: str, text: str, *, thread: Thread, at: object) -> MessageIn:
    return MessageIn(
        kind=Kind.EMAIL,
        external_id=id,
        thread=thread.key,
        text=text,
        author=Person(JANA, name="Jana"),
        public=False,
        at=at,  # type: ignore[arg-type]
        verified=True,
    )
