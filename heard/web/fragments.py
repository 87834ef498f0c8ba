"""A part of a page: one or more blocks of its template, rendered alone."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2_fragments import render_blocks
from markupsafe import Markup


def fragment(
    request: HttpRequest, template: str, *blocks: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The same names stand in it as in the whole page."""
    return answer(blocks_for(request, template, *blocks, context=context), status=status)


def blocks_for(request: HttpRequest, template: str, *names: str, context: dict[str, Any]) -> str:
    values = dict(context)
    for processor in _engine().template_context_processors:
        values.update(processor(request))
    return str(render_blocks(_engine().env, template, names, values))


def blocks_for_all(template: str, *names: str, context: dict[str, Any]) -> str:
    """Without a word about who asks: a template that wants to know raises."""
    return str(render_blocks(_engine().env, template, names, context))


def whole_for_all(template: str, *, context: dict[str, Any]) -> str:
    return str(_engine().env.get_template(template).render(context))


def macro(template: str, name: str, /, *values: Any, **named: Any) -> Markup:
    module: Any = _engine().env.get_template(template).module
    return Markup(getattr(module, name)(*values, **named))


def load(template: str) -> None:
    """Have it read and compiled, so that nobody waits for that."""
    _engine().env.get_template(template)


def answer(html: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(html, status=status, headers={"Vary": "HX-Request, HX-Target"})


def _engine() -> Jinja2:
    return cast("Jinja2", engines["jinja2"])


def asks_for(request: HttpRequest, target: str) -> bool:
    """Does htmx want only the part with this id? Never when it restores a page from the history."""
    headers = request.headers
    return headers.get("HX-Target") == target and "HX-History-Restore-Request" not in headers
