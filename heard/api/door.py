"""What every call to the API passes, whatever it asks: a request id, and problems in one shape."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Final, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from heard.api import rates
from heard.api.asking import ApiRequest
from heard.api.problems import METHOD_NOT_ALLOWED, NOT_FOUND, Problem, render

View = Callable[..., HttpResponse]
READ_AWAY: Final = 8 * 1024 * 1024
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


def door(view: View) -> View:
    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = cast("ApiRequest", request)
        asked.request_id, asked.rate = _request_id(request), None
        with translation.override(translation.get_language()):
            response = _answered(view, asked, *args, **kwargs)
            if response.status_code >= 400:
                _read_away(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        response.headers["X-Request-Id"] = asked.request_id
        for name, value in rates.headers(asked.rate).items():
            response.headers[name] = value
        return response

    enter.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie counts here
    return enter


def nowhere(request: HttpRequest) -> HttpResponse:
    raise Http404


def _answered(view: View, request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            raise Problem(METHOD_NOT_ALLOWED, headers={"Allow": response.headers["Allow"]})
    except Http404:
        return render(request, Problem(NOT_FOUND), request_id=request.request_id)
    except Problem as problem:
        return render(request, problem, request_id=request.request_id)
    return response


def _read_away(request: HttpRequest) -> None:
    """A client that still writes does not listen, and would never learn why it was refused."""
    told = request.META.get("CONTENT_LENGTH") or ""
    left = min(int(told), READ_AWAY) if told.isascii() and told.isdigit() else 0
    with suppress(OSError):
        while left > 0 and (chunk := request.read(min(left, 64 * 1024))):
            left -= len(chunk)


def _request_id(request: HttpRequest) -> str:
    """The edge's own id where it sent one, so that its log and ours can be laid side by side."""
    sent = request.headers.get("X-Request-Id", "")
    return sent if REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)
