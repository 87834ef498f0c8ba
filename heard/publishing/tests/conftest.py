from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.registry import CHANNELS
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxHealth
from heard.publishing.tests.billboard import Billboard, BillboardCredentials, Board, Toll, Wall
from heard.workspaces.models import Workspace
from tests.cast import NOON

HOUR = timedelta(hours=1)


def an_account(workspace: Workspace, slug: str, url: str, account: str = "acme") -> Inbox:
    inbox = Inbox.objects.create(
        workspace=workspace, channel=slug, account=account, name=f"Acme {slug}", created_at=NOON
    )
    InboxHealth.objects.create(inbox=inbox, workspace=workspace)
    store_credentials(inbox, BillboardCredentials(account=account, base_url=url), now=NOON)
    return inbox


@pytest.fixture
def networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHANNELS, "billboard", Billboard())
    monkeypatch.setitem(CHANNELS, "wall", Wall())
    monkeypatch.setitem(CHANNELS, "toll", Toll())


@pytest.fixture
def board(httpserver: HTTPServer) -> Board:
    return Board(httpserver)


@pytest.fixture
def billboard(networks: None, acme: Workspace, board: Board) -> Inbox:
    return an_account(acme, "billboard", board.url)


@pytest.fixture
def wall(networks: None, acme: Workspace, board: Board) -> Inbox:
    return an_account(acme, "wall", board.url)


@pytest.fixture
def toll(networks: None, acme: Workspace, board: Board) -> Inbox:
    return an_account(acme, "toll", board.url)


@pytest.fixture
def four_eyes(acme: Workspace) -> Workspace:
    """Acme wants a second person to look at what goes out."""
    acme.posts_need_approval = True
    acme.save(update_fields=["posts_need_approval"])
    return acme
