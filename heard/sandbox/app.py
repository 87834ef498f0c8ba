"""The sandbox as one ASGI app: the twins, the control API and the pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from heard.sandbox.address import Address
from heard.sandbox.clock import Clock
from heard.sandbox.control.app import Control
from heard.sandbox.delivery.engine import Engine
from heard.sandbox.ground import Ground
from heard.sandbox.meta.instagram.twin import Twin as Instagram
from heard.sandbox.meta.twin import Twin as Meta
from heard.sandbox.pages.routes import routes
from heard.sandbox.pages.site import Site
from heard.sandbox.persons import Cast
from heard.sandbox.postbox.twin import Postbox
from heard.sandbox.scenario.elsewhere import Elsewhere
from heard.sandbox.scenario.lively import Lively
from heard.sandbox.scenario.story import told
from heard.sandbox.storage import Storage
from heard.sandbox.telegram.twin import Telegram
from heard.sandbox.twin import Opens, Twin
from heard.sandbox.viber.twin import Viber
from heard.sandbox.web_site.twin import WebSite
from heard.sandbox.whatsapp.twin import WhatsApp
from heard.sandbox.x.twin import XTwin

# Every further network is one line here.
FURTHER: tuple[Callable[[Ground], Twin], ...] = (Viber, WhatsApp, Telegram, XTwin, WebSite, Postbox)


class Locating:
    """Learns the sandbox's own address from the first call."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app, self._address = app, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._address.url:
            host = next((value for name, value in scope["headers"] if name == b"host"), b"")
            self._address.seen(scope["scheme"], host.decode("latin-1"))
        await self._app(scope, receive, send)


def create_app(*, folder: Path | None, lively: bool = False, url: str = "") -> Starlette:
    """`folder` keeps everything across restarts; None forgets. `url` is where the sandbox is reached.

    Raises FolderInUse when another sandbox runs on the folder.
    """
    clock, address, storage = Clock(), Address(url), Storage(folder)
    engine = Engine(storage, clock)
    ground = Ground(storage, clock, address, engine, Cast(storage))
    meta = Meta(ground)
    twins: tuple[Twin, ...] = (meta, Instagram(meta), *(make(ground) for make in FURTHER))
    opening = [twin for twin in twins if isinstance(twin, Opens)]
    site, elsewhere = Site(ground, twins), Elsewhere(twins)
    control = Control(twins, engine, clock, storage, story=partial(told, meta.network, elsewhere))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await engine.start()
        for twin in opening:
            await twin.open()
        task = asyncio.create_task(Lively(meta.network, elsewhere).run()) if lively else None
        yield
        if task is not None:
            task.cancel()
        engine.listeners.close()
        for twin in opening:
            await twin.close()
        await engine.stop()
        storage.close()

    app = Starlette(
        routes=[
            # Meta's pages last: they take every call to the Graph API that nobody else knows as theirs.
            *(route for twin in reversed(twins) for route in (*twin.routes(), *twin.pages(site))),
            *control.routes(),
            *routes(site, control.verbs),
        ],
        lifespan=lifespan,
        middleware=[Middleware(Locating, address=address)],
    )
    app.state.engine = engine
    return app
