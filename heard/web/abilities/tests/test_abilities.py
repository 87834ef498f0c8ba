from __future__ import annotations

import pytest
from django.test import Client

from heard.channels.registry import CHANNELS
from heard.workspaces.models import Agent
from tests.cast import an_inbox
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = pytest.mark.usefixtures("plain_static")


@pytest.fixture
def browser(bea: Agent) -> Client:
    return signed_in(bea)


def test_every_network_is_told_of(browser: Client) -> None:
    page = browser.get("/settings/networks").text

    for channel in CHANNELS.values():
        assert f'id="{channel.slug}"' in page
    assert "comments: 8,000 characters" in page


def test_an_inbox_leads_to_what_its_own_account_allows(browser: Client, bea: Agent) -> None:
    inbox = an_inbox(bea.workspace, "messenger")
    address = f"/settings/inboxes/{inbox.pk}/abilities"

    assert address in browser.get(f"/settings/inboxes/{inbox.pk}").text
    page = browser.get(address).text
    assert "direct messages: " in page
    assert 'id="facebook"' not in page
