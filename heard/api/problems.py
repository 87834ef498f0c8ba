"""What went wrong, as RFC 9457 wants it told: one shape for every refusal of the API."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, NotRequired

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from pydantic_core import to_json
from typing_extensions import TypedDict

from heard.checks.finding import Weight

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One kind of refusal. Clients go by `slug`; the title is for people, in their language."""

    slug: str
    status: int
    title: str | Promise


BAD_CURSOR = Kind("bad-cursor", 400, _("This cursor is not one that we gave out"))
UNREADABLE = Kind("unreadable", 400, _("The request cannot be read"))
NOT_SIGNED_IN = Kind("not-signed-in", 401, _("A valid token is needed"))
NOT_ALLOWED = Kind("not-allowed", 403, _("Your role does not allow this"))
NOT_FOUND = Kind("not-found", 404, _("There is nothing here"))
METHOD_NOT_ALLOWED = Kind("method-not-allowed", 405, _("This address does not take that method"))
CONFLICT = Kind("conflict", 409, _("This is not possible as things are now"))
SAME_CALL_RUNNING = Kind("same-call-running", 409, _("The same call is still under way"))
TOO_LARGE = Kind("too-large", 413, _("The request is too large"))
NOT_JSON = Kind("not-json", 415, _("The body must be JSON"))
INVALID = Kind("invalid", 422, _("Some fields need another value"))
FINDINGS = Kind("findings", 422, _("The reply is not fit to send"))
KEY_REUSED = Kind("key-reused", 422, _("This Idempotency-Key was used for another call"))
TOO_MANY = Kind("too-many-requests", 429, _("Too many requests"))
CRASHED = Kind("crashed", 500, _("Something broke on our side"))
UNAVAILABLE = Kind("unavailable", 503, _("Heard cannot answer just now"))


class WrongField(TypedDict):
    """One field of the request and what is wrong with it."""

    field: Annotated[str, Field(description="Where: `body.reason`, `query.limit`, `path.number`.")]
    code: str
    reason: str


class Found(TypedDict):
    """What the gate found in a reply. `start` and `end` count characters of the text."""

    check: str
    code: Annotated[str, Field(description="To be given in `override`, where `overridable`.")]
    reason: str
    start: int
    end: int
    overridable: bool
    mend: Annotated[str | None, Field(description="What to write in place of that part, if we know.")]
    weight: Annotated[Weight, Field(description="A hint never stops a reply.")]
    needs_right: Annotated[
        bool, Field(description="Somebody in the workspace may override it, this token's agent may not.")
    ]
    inbox: NotRequired[Annotated[int, Field(description="Of a post: the account that it stops.")]]
    part: NotRequired[Annotated[str, Field(description="Of two messages at once: `public` or `private`.")]]


class ProblemDetails(TypedDict):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    code: NotRequired[str]
    errors: NotRequired[list[WrongField]]
    findings: NotRequired[list[Found]]


@dataclass(eq=False)
class Problem(Exception):
    """Raise it to refuse. `more` joins the answer beside the fields that every problem has."""

    kind: Kind
    detail: str | Promise = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def wrong(name: str, code: str, reason: str | Promise) -> Problem:
    """One field that cannot be accepted."""
    return invalid([{"field": name, "code": code, "reason": str(reason)}])


def invalid(errors: Sequence[WrongField]) -> Problem:
    told = "; ".join(f"{error['field']}: {error['reason']}" for error in errors)
    return Problem(INVALID, told, {"errors": errors})


def later(kind: Kind, detail: str | Promise, *, seconds: float) -> Problem:
    """Refused for now. `seconds` until it is worth another try."""
    return Problem(kind, detail, headers={"Retry-After": str(max(1, math.ceil(seconds)))})


def render(request: HttpRequest, problem: Problem, *, request_id: str) -> HttpResponse:
    kind = problem.kind
    told: dict[str, Any] = {
        "type": f"urn:heard:problem:{kind.slug}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(problem.detail or kind.title),
        "instance": iri_to_uri(request.path),
        "request_id": request_id,
        **problem.more,
    }
    return HttpResponse(
        to_json(told),
        status=kind.status,
        content_type=MEDIA_TYPE,
        headers={"Content-Language": translation.get_language() or "en", **problem.headers},
    )
