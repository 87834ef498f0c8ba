"""How the network names those who write."""

from __future__ import annotations

from heard.sandbox.meta.network import Network


def author(network: Network, page: str, handle: str) -> dict[str, str]:
    """The `from` of something public on a page."""
    if not handle:
        return {"id": page, "name": network.pages[page].name}
    return {"id": network.public_id(page, handle), "name": network.person(handle).name}


def partner(network: Network, page: str, handle: str) -> dict[str, str]:
    """The `from` or `to` of a direct message."""
    if not handle:
        return author(network, page, "")
    return {"id": network.psid(page, handle), "name": network.person(handle).name}
