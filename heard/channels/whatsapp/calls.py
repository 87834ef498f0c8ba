"""Calls to WhatsApp's part of the Graph API."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Wire
from heard.channels.meta.graph import Graph
from heard.channels.whatsapp.credentials import WhatsAppCredentials


def graph_of(wire: Wire[Any]) -> Graph:
    credentials: WhatsAppCredentials = wire.credentials
    return Graph(
        wire, base_url=credentials.base_url, token=credentials.access_token, secrets=credentials.secrets
    )
