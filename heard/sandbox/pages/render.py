"""Templates to pages. Every string in them goes through `_()`, so that they can be translated later."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.pages.moments import exact, short

FOLDER = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' http: https:; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def url_for(path: str, **query: str) -> str:
    """The address of one of our pages."""
    return f"/{path}?{urlencode(query)}" if query else f"/{path}"


_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
_environment.globals.update(short=short, exact=exact, url_for=url_for)
_environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]


def render(request: Request, template: str, context: dict[str, Any], *, status: int = 200) -> Response:
    html = _environment.get_template(template).render(request=request, **context)
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    # Half an emoji in somebody's text must not take the page down.
    content = html.encode("utf-8", "replace")
    return Response(content, status_code=status, headers=headers, media_type="text/html")
