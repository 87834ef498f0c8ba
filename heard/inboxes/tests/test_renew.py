"""Credentials that die are renewed, and the new ones are never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.contract import ReconnectNeeded, TryAgain
from heard.channels.tests.servers import hanging_up
from heard.inboxes.connect import check
from heard.inboxes.credentials import credentials_of, store_credentials
from heard.inboxes.models import Inbox, InboxHealth
from heard.inboxes.renew import AGAIN_AFTER, renew, renew_due, renewing
from heard.workspaces.models import Workspace
from tests.cast import NOON, reloaded
from tests.small import Desk, a_small_network

LATER = "2026-11-02T14:00:00+00:00"


@pytest.fixture
def desk(acme: Workspace, httpserver: HTTPServer) -> Iterator[Desk]:
    with a_small_network(acme, httpserver) as desk:
        InboxHealth.objects.update(expires_at=NOON + timedelta(minutes=20))
        yield desk


def fares(desk: Desk) -> InboxHealth:
    return InboxHealth.objects.get(inbox=desk.inbox)


def token_of(desk: Desk) -> str:
    credentials: Any = credentials_of(desk.inbox)
    return str(credentials.token.get_secret_value())


def test_credentials_are_renewed_well_before_they_end(desk: Desk) -> None:
    desk.answers("renew", token="t2", expires_at=LATER)

    assert renew_due(now=NOON - timedelta(hours=1)) == 0
    assert renew_due(now=NOON) == 1
    assert renew_due(now=NOON) == 0

    assert token_of(desk) == "t2"
    assert fares(desk).expires_at == datetime.fromisoformat(LATER)
    assert fares(desk).renew_problem == ""


def test_a_network_that_wants_patience_is_asked_again_later(desk: Desk) -> None:
    desk.answers("renew", status=429, retry_after=600)

    assert renew_due(now=NOON) == 0
    assert renew_due(now=NOON + timedelta(minutes=9)) == 0
    assert desk.asked("renew") == 1

    desk.answers("renew", token="t2", expires_at=LATER)
    assert renew_due(now=NOON + timedelta(minutes=10)) == 1


def test_refused_for_good_asks_for_a_person(desk: Desk) -> None:
    desk.answers("renew", status=401)

    renew_due(now=NOON)

    assert reloaded(desk.inbox).state == Inbox.State.RECONNECT
    assert token_of(desk) == "t1"


def test_no_answer_keeps_the_old_ones_says_so_and_tries_again(desk: Desk) -> None:
    with hanging_up() as address:
        credentials = credentials_of(desk.inbox).model_copy(update={"base_url": address})
        store_credentials(desk.inbox, credentials, now=NOON)

        assert renew_due(now=NOON) == 0

    assert "Nobody knows" in fares(desk).renew_problem
    assert fares(desk).renew_after == NOON + AGAIN_AFTER
    assert token_of(desk) == "t1"
    assert reloaded(desk.inbox).state == Inbox.State.CONNECTED


def test_a_call_refused_while_others_were_stored_is_only_to_be_repeated(desk: Desk) -> None:
    used = credentials_of(desk.inbox)
    desk.answers("renew", token="t2", expires_at=LATER)
    renew(desk.inbox, now=NOON)

    with pytest.raises(TryAgain), renewing(desk.inbox, used=used, now=NOON):
        raise ReconnectNeeded("Expired")


def test_new_ones_that_are_refused_too_ask_for_a_person(desk: Desk) -> None:
    desk.answers("renew", token="t2", expires_at=LATER)
    renew(desk.inbox, now=NOON)

    with pytest.raises(ReconnectNeeded), renewing(desk.inbox, used=credentials_of(desk.inbox), now=NOON):
        raise ReconnectNeeded("This right was taken away.")


def test_a_test_call_that_tells_no_end_leaves_the_one_that_is_known_and_tells_the_plan(desk: Desk) -> None:
    desk.answers("account", id="acme", plan="enterprise")

    check(desk.inbox, now=NOON)

    assert fares(desk).expires_at == NOON + timedelta(minutes=20)
    assert reloaded(desk.inbox).plan == "enterprise"
