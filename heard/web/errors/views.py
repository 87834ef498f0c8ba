"""Pages for what went wrong: what happened, why, what to do now."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

# What a person typed at length and would have to type again. Nothing else of a refused form is shown.
WRITTEN = ("text", "note", "reason")
RETRY_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _without_asking_anybody("errors/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/forbidden.html", {"admins_only": False}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    written = [text for name in WRITTEN for text in request.POST.getlist(name) if text.strip()]
    return render(request, "errors/csrf.html", {"written": written}, status=403)


def crashed(request: HttpRequest) -> HttpResponse:
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _without_asking_anybody("errors/offline.html", status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _without_asking_anybody("errors/crashed.html", status=500)


def _without_asking_anybody(template: str, *, status: int) -> HttpResponse:
    """Who is signed in stands in the database, which may be what has failed."""
    return HttpResponse(render_to_string(template, {"theme": "system"}), status=status)
