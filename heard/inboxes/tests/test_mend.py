"""A network that stopped calling us is found and asked to call again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.events.models import EventRecord
from heard.inboxes.credentials import credentials_of
from heard.inboxes.mend import mend
from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.wire import wire_for
from tests.shop import Shop, a_shop


@pytest.fixture
def shop(transactional_db: None) -> Iterator[Shop]:
    with a_shop() as shop:
        yield shop


def looked_after(shop: Shop) -> bool:
    return mend(shop.facebook, now=timezone.now(), public_url=shop.door.url)


def test_a_lost_subscription_is_found_and_mended(shop: Shop) -> None:
    assert not looked_after(shop)
    channel("facebook").unsubscribe(wire_for(credentials_of(shop.facebook)))

    assert looked_after(shop)
    assert not looked_after(shop)

    assert shop.asked("Do you hear me?").inbox == shop.facebook
    health = InboxHealth.objects.get(inbox=shop.facebook)
    assert health.subscribed
    assert health.mended_at is not None
    assert EventRecord.objects.filter(kind="SubscriptionMended").count() == 1


def test_a_dead_token_is_found_before_anybody_answers(shop: Shop) -> None:
    shop.sandbox.faults("facebook", answer="token_expired")

    assert not looked_after(shop)

    assert Inbox.objects.get(pk=shop.facebook.pk).state == Inbox.State.RECONNECT


def test_a_network_that_is_away_for_a_moment_is_no_trouble(shop: Shop) -> None:
    shop.sandbox.faults("facebook", answer=500, only="graph.facebook.com")

    assert not looked_after(shop)

    assert InboxHealth.objects.get(inbox=shop.facebook).check_problem == ""
    assert Inbox.objects.get(pk=shop.facebook.pk).state == Inbox.State.CONNECTED
