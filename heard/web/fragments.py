"""A part of a page: one or more blocks of its template, rendered alone."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2_fragments import render_blocks


def fragment(
    request: HttpRequest, template: str, *blocks: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The same names stand in it as in the whole page."""
    engine = cast("Jinja2", engines["jinja2"])
    values = dict(context)
    for processor in engine.template_context_processors:
        values.update(processor(request))
    html = render_blocks(engine.env, template, blocks, values)
    return HttpResponse(html, status=status, headers={"Vary": "HX-Request, HX-Target"})


def asks_for(request: HttpRequest, target: str) -> bool:
    """Does htmx want only the part with this id? Never when it restores a page from the history."""
    headers = request.headers
    return headers.get("HX-Target") == target and "HX-History-Restore-Request" not in headers
