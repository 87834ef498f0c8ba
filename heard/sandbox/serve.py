"""Running the sandbox: `serve` for the command, `Server` for everything that starts one itself."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from heard.sandbox.app import create_app
from heard.sandbox.connections import Cuttable


def serve(host: str, port: int, folder: Path | None, lively: bool) -> None:
    """Blocks until SIGINT or SIGTERM. Raises FolderInUse when another sandbox runs on the folder."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    app = create_app(folder=folder, lively=lively, url=f"http://{shown}:{port}")
    with suppress(KeyboardInterrupt):
        server(app, host, port).run()


def server(app: Starlette, host: str, port: int) -> uvicorn.Server:
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
    return uvicorn.Server(config)
