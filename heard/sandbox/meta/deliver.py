"""Any body, signed as the network signs and posted to whoever hears of a page."""

from __future__ import annotations

from typing import Any

import httpx2

from heard.sandbox.meta import hooks
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Page
from heard.sandbox.wish import BadWish


async def deliver(network: Network, slug: str, page: Page, body: bytes) -> Any:
    """The status that the hook answered. Raises BadWish."""
    heard_by = hooks.heard_by(network, slug, page)
    if heard_by is None:
        raise BadWish(f"No hook is set for {page.name} on {slug}: connect the page first.", status=409)
    app, hook = heard_by
    try:
        status = await network.engine.post(hooks.signed_call(app, hook, body, hooks.about(page)))
    except httpx2.TransportError as error:
        raise BadWish(f"The hook {hook} did not answer: {type(error).__name__}.", status=502) from error
    return {"status": status}
