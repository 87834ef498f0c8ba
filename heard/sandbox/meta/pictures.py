"""The twin's store of pictures and files. Signed links stop working when they expire, as the network's do."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox import scenes
from heard.sandbox.meta.media import stamp
from heard.sandbox.meta.network import Network

KINDS = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"%PDF": "application/pdf",
}
SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


async def picture(network: Network, request: Request) -> Response:
    path, expires = request.path_params["path"], request.query_params.get("oe", "")
    if expires and request.query_params.get("oh") != stamp(path, expires):
        return Response("Bad URL hash", status_code=403)
    if expires and int(expires, 16) < network.clock.now():
        return Response("URL signature expired", status_code=403)
    content = found(network, path)
    if content is None:
        return Response("Not found", status_code=404)
    return Response(content, media_type=_kind(content), headers=SAFE)


def found(network: Network, path: str) -> bytes | None:
    kind, _, name = path.partition("/")
    if kind == "upload":
        return network.uploaded(path)
    return scenes.png(kind, name.removesuffix(".png"))


def _kind(content: bytes) -> str:
    known = (kind for start, kind in KINDS.items() if content.startswith(start))
    return next(known, "application/octet-stream")
