"""How the network names those who write."""

from __future__ import annotations

from heard.sandbox.meta.network import Network


def author(network: Network, page: str, handle: str) -> dict[str, str]:
    """The `from` of something public on a page, or on Instagram, where people go by their user names."""
    if profile := network.profiles.get(page):
        username = username_of(handle) if handle else profile.username
        return {"id": network.psid(page, handle) if handle else page, "username": username}
    if not handle:
        return {"id": page, "name": network.pages[page].name}
    return {"id": network.public_id(page, handle), "name": network.person(handle).name}


def partner(network: Network, page: str, handle: str) -> dict[str, str]:
    """The `from` or `to` of a direct message."""
    if not handle or page in network.profiles:
        return author(network, page, handle)
    return {"id": network.psid(page, handle), "name": network.person(handle).name}


def username_of(handle: str) -> str:
    return handle.replace("-", ".")
