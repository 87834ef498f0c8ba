"""What every call to the API passes, whatever it asks: a request id, a cap, problems in one shape."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.translation import gettext as _

from heard.api import rates
from heard.api.asking import ApiRequest
from heard.api.problems import (
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    NOT_JSON,
    TOO_LARGE,
    Problem,
    render,
)

View = Callable[..., HttpResponse]
LARGEST_BODY: Final = 1024 * 1024
# A body over the cap is read away up to here, since a client that still writes does not listen.
DRAINED: Final = 8 * LARGEST_BODY
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


def door(view: View) -> View:
    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = cast("ApiRequest", request)
        asked.request_id, asked.rate = _request_id(request), None
        with translation.override(translation.get_language()):
            response = _answered(view, asked, *args, **kwargs)
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
        _refuse_bodies(request)
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            raise Problem(METHOD_NOT_ALLOWED, headers={"Allow": response.headers["Allow"]})
    except Http404:
        return render(request, Problem(NOT_FOUND), request_id=request.request_id)
    except Problem as problem:
        return render(request, problem, request_id=request.request_id)
    return response


def _refuse_bodies(request: ApiRequest) -> None:
    told = request.META.get("CONTENT_LENGTH") or ""
    length = int(told) if told.isascii() and told.isdigit() else 0
    if length > LARGEST_BODY:
        _drain(request, min(length, DRAINED))
        raise Problem(TOO_LARGE, _("A body may have 1 MiB at most."))
    if length and request.method == "POST" and request.content_type != "application/json":
        raise Problem(NOT_JSON, _("Send “Content-Type: application/json”."))


def _drain(request: ApiRequest, length: int) -> None:
    while length > 0 and (chunk := request.read(min(length, 64 * 1024))):
        length -= len(chunk)


def _request_id(request: HttpRequest) -> str:
    """The edge's own id where it sent one, so that its log and ours can be laid side by side."""
    sent = request.headers.get("X-Request-Id", "")
    return sent if REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)
