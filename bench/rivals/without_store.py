"""The same server with the same checks, which stores nothing: what a database costs is the difference."""

from __future__ import annotations

import sys

from granian.constants import Interfaces

from heard.asgi import Front
from heard.commands.serving import serve
from heard.ingest.store import Call


class Nowhere:
    def open(self) -> None: ...

    async def put(self, call: Call) -> None: ...

    async def close(self) -> None: ...


app = Front(pages=False)
app.hooks.store = Nowhere()  # type: ignore[assignment]

if __name__ == "__main__":
    serve(
        "bench.rivals.without_store:app", host="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.ASGI
    )
