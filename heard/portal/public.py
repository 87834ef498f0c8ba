"""What all public pages have in common: no sign-in, no cookie, and nothing left behind with others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from heard.portal.language import CHOICES, readers_language

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page for customers, in their language, kept by nobody.

    An address may be the only proof that somebody may read the page: it goes to no other site (no-referrer),
    into no cache and no search engine. Browsers that are told "no-referrer" send `Origin: null` with a form,
    which Django's CSRF check refuses; it guards sessions, and there is none here.
    """

    @csrf_exempt
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = readers_language(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return shown


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, company: str, status: int = 200
) -> HttpResponse:
    """`company` stands at the head: customers know the company, not Heard."""
    known = {"company": company, "choices": CHOICES, **context}
    return render(request, f"portal/{template}", known, status=status)
