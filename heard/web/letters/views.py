"""A letter's own page, for the frame that it is shown in; its pictures from elsewhere; and the letter as it came.

The frame is the second wall: the HTML was cleaned when it came, and nothing in here may run, load or lead anything.
"""

from __future__ import annotations

import io
from functools import cache

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from heard.channels.contract import CarriesParts
from heard.channels.registry import channel
from heard.images import image_type
from heard.ingest.raw import raw_of
from heard.letters.models import Letter
from heard.outbound import Broken, Outbound, Refused, Unreachable
from heard.tickets.models import Message
from heard.web.agents import AgentRequest, for_agents
from heard.web.letters.pictures import named_in, through_us

# `allow-same-origin` lets the page around it measure the frame. Scripts are never allowed beside it.
POLICY = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
LARGEST_PICTURE = 5 * 1024 * 1024
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<style>
html {{ background: #fff; color: #1b1f24; }}
body {{ margin: 0; padding: 8px; overflow-wrap: anywhere; font: 15px/1.5 system-ui, sans-serif; }}
img {{ max-width: 100%; height: auto; }}
table {{ max-width: 100%; }}
pre {{ white-space: pre-wrap; }}
</style></head><body>{body}</body></html>
"""


@cache
def strangers() -> Outbound:
    """A stranger chose the address: what an operator allows networks to reach is not for letters."""
    return Outbound()


@require_safe
@for_agents
@xframe_options_sameorigin
def letter(request: AgentRequest, message: int) -> HttpResponse:
    found = _letter(request, message)
    shown = found.html
    if request.GET.get("pictures") == "yes" and found.with_pictures:
        shown = through_us(found.with_pictures, message)
    # Cleaned by the channel's `clean` when it came; the policy below holds whatever may have been missed.
    page = PAGE.format(language=get_language() or "en", title="", body=shown)
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    return _fenced(response)


@require_safe
@for_agents
def picture(request: AgentRequest, message: int) -> HttpResponse:
    """Asked for by us, so that the sender learns neither who reads nor where. Only what the letter names."""
    found, url = _letter(request, message), request.GET.get("url", "")
    if url not in named_in(found.with_pictures):
        raise Http404
    try:
        answer = strangers().call("GET", url, largest=LARGEST_PICTURE)
    except (Refused, Unreachable, Broken) as error:
        raise Http404 from error
    kind = image_type(answer.body[:16]) if answer.status == 200 else None
    if kind is None:
        raise Http404
    response = _fenced(HttpResponse(answer.body, content_type=kind))
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@for_agents
def raw(request: AgentRequest, message: int) -> FileResponse:
    """As it came, for whoever wants to look into it with other tools."""
    found = get_object_or_404(Message.objects.visible_to(request.agent).select_related("inbox"), pk=message)
    network = channel(found.inbox.channel)
    call = raw_of(found) if isinstance(network, CarriesParts) else None
    if call is None:
        raise Http404
    response = FileResponse(
        io.BytesIO(bytes(call.body)),
        as_attachment=True,
        filename=f"{found.pk}.eml",
        content_type="application/octet-stream",
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _letter(request: AgentRequest, message: int) -> Letter:
    known = Letter.objects.visible_to(request.agent).exclude(html="")
    return get_object_or_404(known, message=message)


def _fenced(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
