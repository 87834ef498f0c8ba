"""Pictures and files that hang on what people write. Links are signed and expire, as the network's do."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Media

HOST = "scontent.xx.fbcdn.net"
LIFE_S = 3 * 86400
STORY_S = 86400  # a story is gone after a day
_SALT = "the sandbox keeps no secret here"


def link(network: Network, url: str) -> str:
    """A link that somebody gave stays as it is; a picture of ours gets a signed one."""
    return _signed(network, url, LIFE_S)


def story_link(network: Network, url: str) -> str:
    return _signed(network, url, STORY_S)


def _signed(network: Network, url: str, life_s: int) -> str:
    if "://" in url:
        return url
    expires = format(int(network.clock.now()) + life_s, "x")
    return network.address.below(f"{HOST}/{url}?oe={expires}&oh={stamp(url, expires)}")


def stamp(path: str, expires: str) -> str:
    return hashlib.sha256(f"{_SALT}{path}{expires}".encode()).hexdigest()[:32]


def in_feed(network: Network, media: Sequence[Media]) -> dict[str, str]:
    """How an event of the page carries the picture or video of a comment: one, by its link alone."""
    for one in media:
        if one.kind in {"image", "sticker", "photo"}:
            return {"photo": link(network, one.url)}
        if one.kind == "video":
            return {"video": link(network, one.url)}
    return {}
