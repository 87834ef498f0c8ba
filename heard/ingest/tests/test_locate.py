"""Files without a lasting address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer

from heard.channels.contract import Media
from heard.inboxes.models import Inbox
from heard.ingest.fetch import fetch_for
from heard.tickets.models import Attachment
from heard.workspaces.models import Workspace
from tests.cast import Network, reloaded
from tests.small import Desk, a_small_network


@pytest.fixture
def desk(acme: Workspace, httpserver: HTTPServer, settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    settings.MEDIA_ROOT = tmp_path
    with a_small_network(acme, httpserver) as desk:
        yield desk


@pytest.fixture
def picture(desk: Desk) -> Attachment:
    Network(desk.inbox).direct("Look", media=[Media("image", detail={"file": "f1"})])
    return Attachment.objects.get()


def test_a_file_is_asked_for_where_it_is_now_and_its_address_is_not_kept(
    desk: Desk, picture: Attachment
) -> None:
    place = "/bytes/secret-token"
    desk.answers("files/f1", url=desk.network.url_for(place))
    desk.network.expect_request(place, headers={"authorization": "Bearer for-files"}).respond_with_data(
        b"PNG", content_type="image/png"
    )

    fetch_for(desk.inbox)

    stored = reloaded(picture)
    assert (stored.state, stored.url, stored.size) == (Attachment.State.STORED, "", 3)


def test_a_file_that_is_gone_is_given_up(desk: Desk, picture: Attachment) -> None:
    desk.answers("files/f1")

    fetch_for(desk.inbox)

    assert reloaded(picture).state == Attachment.State.FAILED


def test_a_network_that_is_busy_is_asked_again(desk: Desk, picture: Attachment) -> None:
    desk.answers("files/f1", status=429)

    fetch_for(desk.inbox)

    assert (reloaded(picture).state, reloaded(picture).tries) == (Attachment.State.PENDING, 1)


def test_refused_credentials_ask_for_a_person(desk: Desk, picture: Attachment) -> None:
    desk.answers("files/f1", status=401)
    desk.answers("renew", status=401)

    fetch_for(desk.inbox)

    assert reloaded(desk.inbox).state == Inbox.State.RECONNECT
