"""The two Graph APIs of an account: the account's own, and the app's."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.contract import Wire
from heard.channels.instagram.credentials import InstagramCredentials
from heard.channels.meta.conversations import Mailbox
from heard.channels.meta.graph import Graph
from heard.channels.meta.subscriptions import app_token

# The account itself, or the page that it is linked to: whose token it is, whose messages they are.
ME: Final = "me"


def account_graph(wire: Wire[Any]) -> Graph:
    mine: InstagramCredentials = wire.credentials
    return Graph(wire, base_url=mine.graph_url, token=mine.access_token, secrets=mine.secrets)


def app_graph(wire: Wire[Any]) -> Graph:
    mine: InstagramCredentials = wire.credentials
    token = app_token(mine.app_id, mine.app_secret)
    return Graph(wire, base_url=mine.app_url, token=token, secrets=mine.secrets)


def mailbox(wire: Wire[Any]) -> Mailbox:
    return Mailbox(account_graph(wire), wire.credentials.account, node=ME, platform="instagram")
