"""The usual way to take a hook in Django: a view that checks the signature and saves by the ORM."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from heard.channels.contract import BadSignature, Credentials, Hook
from heard.channels.registry import channel
from heard.inboxes.credentials import credentials_of
from heard.inboxes.models import Inbox
from heard.ingest.models import RawCall


@cache
def _known(slug: str, key: str) -> tuple[Inbox, Credentials]:
    inbox = Inbox.objects.get(channel=slug, key=key)
    return inbox, credentials_of(inbox)


@csrf_exempt
def hook(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    inbox, credentials = _known(slug, key)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        channel(slug).verify(Hook("POST", {}, headers, request.body), credentials)
    except BadSignature:
        return HttpResponse(status=401)
    RawCall.objects.create(
        workspace_id=inbox.workspace_id, inbox=inbox, headers={"content-type": "json"}, body=request.body
    )
    return HttpResponse(b"ok", headers={"Content-Length": "2"})  # else it is CommonMiddleware that says so


urlpatterns = [path("hooks/<slug:slug>/<str:key>", hook)]
