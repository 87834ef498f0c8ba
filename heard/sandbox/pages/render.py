"""Templates to pages. Every string in them goes through `_()`, so that they can be translated later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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

_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
_environment.globals.update(short=short, exact=exact)
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
