"""The API itself: all its routes, who may call them and what happens when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.params.models import QueryModel

from heard.api import (
    agents,
    contacts,
    events,
    facts,
    inboxes,
    ledger,
    listening,
    looking_back,
    me,
    spending,
    wording,
)
from heard.api.asking import ApiRequest
from heard.api.bearer import Token
from heard.api.door import door
from heard.api.forms import views as forms
from heard.api.idempotency import once
from heard.api.messages import read as message_reads
from heard.api.messages import verbs as message_verbs
from heard.api.openapi import Description
from heard.api.pending import views as pending
from heard.api.posts import views as posts
from heard.api.reading import StrictJson
from heard.api.refusals import refuse
from heard.api.replies import views as replies
from heard.api.tickets import begin, continuing, macros, taking_private
from heard.api.tickets import read as ticket_reads
from heard.api.tickets import verbs as ticket_verbs
from heard.api.translating import of_tickets as translating_tickets
from heard.api.translating import router as translating
from heard.api.uploads import views as uploads
from heard.api.validation import unknown_fields


class Api(NinjaAPI):
    """Ninja's, with our door before every route and an OpenAPI that tells of our errors too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._described: dict[str, OpenAPISchema] = {}

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        routes, app, namespace = super().urls
        guarded: list[URLResolver | URLPattern] = [
            URLPattern(route.pattern, door(route.callback), route.default_args, route.name)
            for route in routes
            if isinstance(route, URLPattern)
        ]
        return guarded, app, namespace

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Made once: it never changes while we run, and nobody needs a token to ask for it."""
        prefix = path_prefix or self.get_root_path(path_params or {})
        if prefix not in self._described:
            self._described[prefix] = Description(self, prefix)
        return self._described[prefix]


def known_query(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what we do not know: `?asignee=me` must not list the tickets of everybody."""
    models = view._ninja_operation.models  # type: ignore[attr-defined]
    known = {
        name
        for model in models
        if issubclass(model, QueryModel)
        for name in getattr(model, "__ninja_flatten_map__", ())
    }

    @wraps(view)
    def run(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            raise unknown_fields(unknown)
        return view(request, *args, **kwargs)

    return run


api = Api(
    title="Heard",
    version="1",
    description="The help desk for social media. `docs/api.md` in Heard's repository is the guide.",
    urls_namespace="api",
    auth=Token(),
    parser=StrictJson(),
    docs_url=None,
)
for failure in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(failure, refuse)
api.add_decorator(once)
api.add_decorator(known_query)
for routes in (
    begin.router,
    ticket_reads.router,
    ticket_verbs.router,
    continuing.router,
    macros.router,
    taking_private.router,
    translating_tickets,
):
    api.add_router("/tickets", routes)
for routes in (message_reads.router, message_verbs.router):
    api.add_router("/messages", routes)
api.add_router("/posts", posts.router)
api.add_router("/pending", pending.router)
api.add_router("/replies", replies.router)
api.add_router("/forms", forms.router)
api.add_router("/uploads", uploads.router)
for routes in (inboxes.router, listening.router, looking_back.router):
    api.add_router("/inboxes", routes)
api.add_router("/macros", macros.listing)
api.add_router("/spending", spending.router)
api.add_router("/agents", agents.router)
api.add_router("/contacts", contacts.router)
api.add_router("/translation", translating)
api.add_router("/me", me.router)
api.add_router("/wording", wording.router)
api.add_router("/facts", facts.router)
api.add_router("/events", events.router)
api.add_router("", ledger.router)
urlpatterns, *_ = api.urls
