"""What hooks did not tell is read back: exactly once, in its place, and the ledger says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from heard.channels.facebook.channel import Facebook
from heard.events.models import EventRecord
from heard.inboxes.credentials import credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.wire import wire_for
from heard.ingest.models import LedgerLine, Reconciliation
from heard.ingest.reconcile import begin, reconcile
from heard.tickets.hide import hide
from heard.tickets.models import Message, MessageVersion, Outcome
from tests import calls
from tests.shop import Shop, a_shop

Reason, State = Reconciliation.Reason, Reconciliation.State


@pytest.fixture
def shop(transactional_db: None) -> Iterator[Shop]:
    with a_shop() as shop:
        yield shop


def looks(shop: Shop, *inboxes: Inbox, **how: object) -> None:
    """A whole look at what the network holds, taken in."""
    for inbox in inboxes or (shop.facebook, shop.messenger):
        now = timezone.now()
        begin(inbox, reason=Reason.ASKED, now=now, since=now - timedelta(hours=1))
        finish(inbox)


def finish(inbox: Inbox) -> Reconciliation:
    """As the job does, until there is nothing more to ask."""
    while reconcile(inbox, now=timezone.now()):
        calls.take_all(now=timezone.now())
    calls.take_all(now=timezone.now())
    return Reconciliation.objects.filter(inbox=inbox).latest("pk")


@pytest.fixture
def told_nothing(shop: Shop) -> Shop:
    """The first look is over, and from here on no hook comes."""
    for inbox in (shop.facebook, shop.messenger):
        finish(inbox)
    for network in ("facebook", "messenger"):
        shop.sandbox.faults(network, drop=1)
    return shop


def test_what_no_hook_told_is_found_in_its_place(told_nothing: Shop) -> None:
    shop = told_nothing
    comment = shop.sandbox.say("facebook", by="jana", text="Where is my parcel?")
    reply = shop.sandbox.say("facebook", by="petros", text="And mine?", under=comment)
    ours = shop.sandbox.own_app("facebook", "On its way.", under=comment)
    direct = shop.sandbox.say("messenger", by="jana", text="Hello?")

    looks(shop)

    asked, also, answer = (Message.objects.get(external_id=id) for id in (comment, reply, ours))
    assert asked.ticket == also.ticket == answer.ticket
    assert also.parent == asked
    assert also.author is not None
    assert also.author.name
    assert not answer.is_in
    assert (asked.outcome, also.outcome) == (Outcome.ANSWERED, Outcome.OPEN)
    assert Message.objects.get(external_id=direct).outcome == Outcome.OPEN


def test_what_is_read_back_twice_or_told_late_is_one_message(told_nothing: Shop) -> None:
    shop = told_nothing
    missed = shop.sandbox.say("facebook", by="jana", text="Where is my parcel?")
    looks(shop)
    shop.sandbox.faults("facebook")
    told = shop.sandbox.say("facebook", by="jana", text="Hello?")
    shop.hears("facebook")

    looks(shop)
    looks(shop)

    for external_id in (missed, told):
        assert Message.objects.filter(external_id=external_id).count() == 1
        assert LedgerLine.objects.filter(about=external_id, fact="MessageIn").count() == 1
    assert Reconciliation.objects.filter(inbox=shop.facebook).latest("pk").found == 0


def test_an_edit_that_no_hook_told_keeps_what_it_said_before(told_nothing: Shop) -> None:
    shop = told_nothing
    comment = shop.sandbox.say("facebook", by="jana", text="Where is my parcel?")
    looks(shop)
    shop.sandbox.edit("facebook", comment, "It came, thank you")

    looks(shop)
    looks(shop)

    message = Message.objects.get(external_id=comment)
    assert message.text == "It came, thank you"
    assert [version.text for version in MessageVersion.objects.filter(message=message)] == [
        "Where is my parcel?"
    ]


@pytest.mark.parametrize("network", ["facebook", "messenger"])
def test_a_deletion_counts_when_the_network_itself_confirms_it(told_nothing: Shop, network: str) -> None:
    shop = told_nothing
    kept, taken_back = (shop.sandbox.say(network, by="jana", text=text) for text in ("One", "Two"))
    looks(shop)
    shop.sandbox.delete(network, taken_back)

    looks(shop)

    assert Message.objects.get(external_id=taken_back).removed_at is not None
    assert Message.objects.get(external_id=kept).removed_at is None


def test_what_was_hidden_or_shown_again_in_the_networks_own_app_is_so_here_too(told_nothing: Shop) -> None:
    shop = told_nothing
    known, missed = shop.sandbox.say("facebook", by="jana", text="One"), ""
    looks(shop, shop.facebook)
    missed = shop.sandbox.say("facebook", by="petros", text="Two")
    for external_id in (known, missed):
        hides_it_there(shop, external_id)
    looks(shop, shop.facebook)
    assert [Message.objects.get(external_id=id).hidden_at is None for id in (known, missed)] == [False, False]

    hides_it_there(shop, known, hidden=False)
    looks(shop, shop.facebook)
    looks(shop, shop.facebook)

    assert Message.objects.get(external_id=known).hidden_at is None
    assert EventRecord.objects.filter(kind="MessageHidden").count() == 3


def test_what_an_agent_hid_a_moment_ago_is_not_shown_again_before_it_went_out(told_nothing: Shop) -> None:
    shop = told_nothing
    comment = shop.sandbox.say("facebook", by="jana", text="One")
    looks(shop, shop.facebook)
    hide(Message.objects.get(external_id=comment), by=shop.bea, now=timezone.now())

    looks(shop, shop.facebook)

    assert Message.objects.get(external_id=comment).hidden_at is not None


def hides_it_there(shop: Shop, external_id: str, *, hidden: bool = True) -> None:
    """Past Heard: no agent did it, and no hook tells."""
    wire = wire_for(credentials_of(shop.facebook))
    Facebook().hide(external_id, hidden=hidden, wire=wire)


def test_a_network_that_asks_for_patience_gets_it(told_nothing: Shop) -> None:
    shop = told_nothing
    missed = shop.sandbox.say("facebook", by="jana", text="Where is my parcel?")
    shop.sandbox.faults("facebook", answer=429, times=1, only="feed")
    now = timezone.now()
    begin(shop.facebook, reason=Reason.ASKED, now=now, since=now - timedelta(hours=1))

    later = reconcile(shop.facebook, now=now)

    assert later is not None
    assert later > now
    assert reconcile(shop.facebook, now=now) == later
    assert not Message.objects.filter(external_id=missed).exists()
    assert reconcile(shop.facebook, now=later) is None
    calls.take_all(now=timezone.now())
    assert Message.objects.filter(external_id=missed).exists()


def test_a_dead_token_stops_the_look_until_somebody_reconnects(told_nothing: Shop) -> None:
    shop = told_nothing
    shop.sandbox.faults("facebook", answer="token_expired")
    looks(shop, shop.facebook)

    inbox = Inbox.objects.get(pk=shop.facebook.pk)
    assert inbox.state == Inbox.State.RECONNECT
    assert Reconciliation.objects.filter(inbox=inbox, state=State.RUNNING).exists()
