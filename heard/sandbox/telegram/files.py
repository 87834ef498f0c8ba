"""Files of a bot: named by an id, found by asking, fetched at an address with the token in it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.talks import files
from heard.sandbox.talks.twin import SAFE

if TYPE_CHECKING:
    from heard.sandbox.telegram.twin import Telegram

MARK = "AgAC"


def file_id(path: str) -> str:
    """It says nothing to a bot; here it holds the path."""
    return MARK + base64.urlsafe_b64encode(path.encode()).decode().rstrip("=")


def path_of(id: str) -> str:
    """ "" for what is no id of ours. The small form of a picture is the same file here."""
    text = id.removesuffix(".s").removeprefix(MARK)
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""


def download(twin: Telegram) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        if twin.talks.account_by_token(request.path_params["token"]) is None:
            return Response("Not Found", status_code=404)
        content = files.content(twin.talks, request.path_params["path"])
        if content is None:
            return Response("Not Found", status_code=404)
        return Response(content, media_type="application/octet-stream", headers=SAFE)

    return respond
