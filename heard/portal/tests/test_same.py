"""The link in a mail by which its reader confirms who they are."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from heard.contacts.models import Claim, Identity
from heard.contacts.suggest import Kind as Why
from heard.contacts.suggest import Strength
from heard.events.models import EventRecord
from heard.tickets.continue_elsewhere import continue_by_email
from heard.tickets.models import Ticket
from heard.tickets.proof_link import proof_link
from heard.tickets.prove import LASTS, make_code
from heard.tickets.suggest_people import suggestions
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded
from tests.mailbox import a_mailbox, mailboxes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
OWNER = "jana@example.com"


@pytest.fixture
def ticket(messenger: Network, bea: Agent) -> Ticket:
    ticket = a_ticket(messenger, said="It is broken", direct=True)
    with mailboxes():
        box = a_mailbox(bea.workspace)
        continue_by_email(ticket, address=OWNER, inbox=box, by=bea, now=timezone.now())
    return ticket


def link() -> str:
    claim = Claim.objects.select_related("workspace").get()
    make_code(claim, now=timezone.now())
    return urlsplit(proof_link(claim, public_url="http://127.0.0.1:9/")).path


def test_a_yes_proves_the_address_and_looking_proves_nothing(ticket: Ticket) -> None:
    address = link()
    shown = Client().get(address)
    assert "Jana wrote to Acme by Messenger, and named jana@example.com" in shown.text
    assert Claim.objects.get().proved_at is None

    answered = Client().post(address, {"same": "yes"})

    assert "This address is confirmed." in answered.text
    claim = Claim.objects.get()
    assert (claim.how, claim.proved_at is not None) == (Claim.How.SIGNED, True)
    assert Identity.objects.get(address=OWNER).contact == ticket.contact
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"same": "no"}).status_code == 404


def test_who_has_a_history_of_their_own_is_suggested_with_the_time_and_not_joined(ticket: Ticket) -> None:
    owner = Identity.objects.get(address=OWNER).contact
    Ticket.objects.filter(pk=ticket.pk).update(contact=owner)
    Client().post(link(), {"same": "yes"})

    [found] = suggestions(Claim.objects.get().claimant.contact)

    assert found.contact == owner
    assert [(why.kind, why.strength, why.at) for why in found.evidence] == [
        (Why.PROVED, Strength.STRONG, Claim.objects.get().proved_at)
    ]


def test_a_no_ends_link_and_code_and_the_agents_read_of_it(ticket: Ticket) -> None:
    address = link()

    assert "not taken for theirs" in Client().post(address, {"same": "no"}).text

    claim = Claim.objects.get()
    assert (claim.proved_at, claim.code_hash) == (None, "")
    assert Client().post(address, {"same": "yes"}).status_code == 404
    assert EventRecord.objects.get(kind="AddressDenied", ticket_id=ticket.pk).payload["address"] == OWNER


def test_a_link_that_is_old_or_overtaken_or_made_up_opens_nothing(ticket: Ticket) -> None:
    overtaken, address = link(), link()
    assert Client().get(address).status_code == 200
    Claim.objects.update(code_until=timezone.now() - LASTS + timedelta(days=1))

    for wrong in (overtaken, address, f"{address}x", "/same/x"):
        assert Client().get(wrong).status_code == 404
        assert Client().post(wrong, {"same": "yes"}).status_code == 404
    assert reloaded(Claim.objects.get()).proved_at is None
