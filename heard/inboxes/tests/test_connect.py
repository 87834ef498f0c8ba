from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from heard.channels.contract import Credentials
from heard.channels.registry import channel
from heard.inboxes.connect import ConnectFailed, check, connect, disconnect, reconnect
from heard.inboxes.credentials import NotConnected, credentials_of
from heard.inboxes.models import Inbox, InboxHealth
from tests.cast import an_inbox, reloaded
from tests.front import hook_of
from tests.shop import Shop, a_shop


@pytest.fixture
def shop(transactional_db: None) -> Iterator[Shop]:
    with a_shop() as shop:
        yield shop


def test_a_connected_inbox_hears_and_is_healthy(shop: Shop) -> None:
    assert reloaded(shop.facebook).state == Inbox.State.CONNECTED
    assert shop.asked("Hello").inbox == shop.facebook
    check(shop.facebook, now=timezone.now())
    assert InboxHealth.objects.get(inbox=shop.facebook).check_problem == ""


def test_connecting_twice_is_one_inbox_with_its_history(shop: Shop) -> None:
    ticket = shop.asked("Hello")

    again = _connect(shop)

    assert again == shop.facebook
    assert reloaded(ticket).inbox == again


def test_an_inbox_that_was_disconnected_can_be_connected_again(shop: Shop) -> None:
    disconnect(shop.facebook, by=shop.bea, now=timezone.now(), public_url=shop.door.url)
    assert reloaded(shop.facebook).state == Inbox.State.DISCONNECTED
    with pytest.raises(NotConnected):
        credentials_of(shop.facebook)
    line = shop.door.connection()
    line.request("GET", hook_of(shop.facebook))
    assert line.getresponse().status == 404

    again = _connect(shop)

    assert again == shop.facebook
    assert again.state == Inbox.State.CONNECTED
    assert shop.asked("Hello again").inbox == again


def test_new_credentials_that_do_not_work_do_not_cost_the_old_ones(shop: Shop) -> None:
    with pytest.raises(ConnectFailed):
        reconnect(
            shop.facebook,
            credentials=_credentials(shop, app_secret="wrong"),
            by=shop.bea,
            now=timezone.now(),
            public_url=shop.door.url,
        )

    assert credentials_of(shop.facebook) == _credentials(shop)
    assert shop.asked("Still there?").is_open


def test_an_inbox_that_the_network_does_not_accept_leaves_nothing_behind(shop: Shop) -> None:
    shop.sandbox.page("Another page")
    state = {one.pk for one in Inbox.objects.all()}

    with pytest.raises(ConnectFailed) as failed:
        connect(
            shop.bea.workspace,
            slug="facebook",
            credentials=_credentials(shop, page_token="wrong"),
            by=shop.bea,
            now=timezone.now(),
            public_url=shop.door.url,
        )

    assert failed.value.reason.startswith("Meta: ")
    assert {one.pk for one in Inbox.objects.all()} == state


def test_credentials_of_another_account_are_not_taken(shop: Shop) -> None:
    other = an_inbox(shop.bea.workspace, "facebook", account="9")

    with pytest.raises(ConnectFailed) as failed:
        reconnect(
            other,
            credentials=_credentials(shop),
            by=shop.bea,
            now=timezone.now(),
            public_url=shop.door.url,
        )

    assert "belong to" in failed.value.reason


def test_a_network_that_is_away_is_noted_on_the_health_page(shop: Shop) -> None:
    shop.sandbox.control("facebook/revoke", {})

    with pytest.raises(ConnectFailed):
        check(shop.facebook, now=timezone.now())

    assert InboxHealth.objects.get(inbox=shop.facebook).check_problem.startswith("Meta: ")


def _connect(shop: Shop) -> Inbox:
    return connect(
        shop.bea.workspace,
        slug="facebook",
        credentials=_credentials(shop),
        by=shop.bea,
        now=timezone.now(),
        public_url=shop.door.url,
    )


def _credentials(shop: Shop, **other: Any) -> Credentials:
    fields = {**shop.sandbox.credentials("facebook"), **other}
    credentials: Credentials = channel("facebook").credentials.model_validate(fields)
    return credentials


def test_disconnecting_the_inbox_that_an_app_calls_leaves_its_sibling_heard(shop: Shop) -> None:
    _connect(shop)  # the app's one address leads to the page's public side

    disconnect(shop.facebook, by=shop.bea, now=timezone.now(), public_url=shop.door.url)

    told = shop.sandbox.state("messenger", only="hook")["hook"]
    assert told == shop.door.url + hook_of(shop.messenger)
    assert shop.asked("Still there?", direct=True).inbox == shop.messenger
