"""Where a file is to be fetched: WhatsApp gives an address that lives five minutes and wants our token."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Located, Media, Rejected, Wire
from heard.channels.fields import as_aside, as_url
from heard.channels.whatsapp.calls import graph_of


def locate(media: Media, wire: Wire[Any]) -> Located | None:
    """None: gone, as files are after a week. Raises TryAgain or ReconnectNeeded."""
    named = as_aside(media.detail.get("id"))
    if not named:
        return None
    try:
        said = graph_of(wire).read(named, params={"phone_number_id": wire.credentials.account})
    except Rejected:
        return None
    url = as_url(said.get("url"))
    token = wire.credentials.access_token.get_secret_value()
    return Located(url, {"authorization": f"Bearer {token}"}) if url else None
