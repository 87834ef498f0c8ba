"""Initials on a colour of the name, as SVG."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.persons import KNOWN, Person, digits

GROUNDS = ("#2f5d62", "#7a4b3a", "#4a4e69", "#55652f", "#7d4f77", "#35597a", "#80531c", "#38614f")


async def avatar(request: Request) -> Response:
    handle = request.path_params["handle"]
    person = KNOWN.get(handle) or Person(handle, handle[:1].upper() + handle[1:])
    ground = GROUNDS[int(digits("ground", handle, length=6)) % len(GROUNDS)]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
        f'<rect width="40" height="40" fill="{ground}"/>'
        '<text x="20" y="20" dy=".36em" text-anchor="middle" fill="#fff" font-weight="600" '
        f'font-family="system-ui, sans-serif" font-size="15">{escape(person.initials)}</text>'
        "</svg>"
    )
    return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})
