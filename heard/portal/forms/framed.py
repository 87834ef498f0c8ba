"""A form may stand in pages of the company: on those of its list and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from heard.forms.make import form_at
from heard.forms.models import Form
from heard.portal.public import public


def of_a_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Finds the form by its address; whoever frames the page is told to the browser, which decides."""

    @public
    @wraps(view)
    def shown(request: HttpRequest, address: str, *args: Any, **kwargs: Any) -> HttpResponse:
        form = form_at(address)
        if form is None:
            raise Http404
        response = view(request, form, *args, **kwargs)
        sources = frame_sources(form)
        if sources:
            response._csp_replace = {"frame-ancestors": sources}  # type: ignore[attr-defined]
            response.xframe_options_exempt = True
        return response

    return shown


def how_framed(request: HttpRequest) -> str:
    """Empty for a page of its own; "light" in a page that is never dark, which the script of the frame looks up."""
    asked = request.GET.get("frame")
    return "" if asked is None else "light" if asked == "light" else "1"


def frame_sources(form: Form) -> list[str]:
    """`shop.example` means its https address; whoever wants another one writes it out."""
    return [domain if "://" in domain else f"https://{domain}" for domain in form.allowed_domains]
