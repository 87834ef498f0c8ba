"""Running the sandbox: `serve` for the command, `Server` for everything that starts one itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from heard.sandbox.app import create_app
from heard.sandbox.connections import Cuttable

TICK_S = 1.0  # how often the answers' date is set anew


def serve(host: str, port: int, folder: Path | None, lively: bool) -> None:
    """Blocks until SIGINT or SIGTERM. Raises FolderInUse when another sandbox runs on the folder."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    app = create_app(folder=folder, lively=lively, url=f"http://{shown}:{port}")
    with suppress(KeyboardInterrupt):
        server(app, host, port).run()


class Server(uvicorn.Server):
    """Ends as soon as it is told to. uvicorn's own looks for its end ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._over = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """From any thread."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._over.set)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.stop()

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), TICK_S)


def server(app: Starlette, host: str, port: int) -> Server:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Cuttable,
        ws="none",
        loop="asyncio",
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # who calls the control API is decided by the connection alone
        server_header=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=60,
    )
    return Server(config)
