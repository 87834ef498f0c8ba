"""A workspace's public page of saved replies: to read, to copy, to take along as a file. The same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from heard.buckets.shared import count
from heard.portal.forms.visitor import network_of
from heard.portal.language import readers_language
from heard.portal.public import page
from heard.replies.exchange.files_json import written_json
from heard.replies.gallery import ShownReply, gallery_of, published, records_to_take, shown_in
from heard.replies.way_words import way_words
from heard.workspaces.models import Workspace

A_MINUTE: Final = 60
MOST_OF_A_NETWORK: Final = 60  # pages in a minute
KEPT: Final = 60  # seconds, here and in browsers: what is taken off the page is gone as soon


def of_a_gallery(view: Callable[[HttpRequest, Workspace], HttpResponse]) -> Callable[..., HttpResponse]:
    """No sign-in, no cookie. One that is off is answered like one that does not exist."""

    @csrf_exempt
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, slug: str) -> HttpResponse:
        language = readers_language(request)
        with translation.override(language):
            if _asks_too_often(request):
                return HttpResponse(status=429, headers={"Retry-After": str(A_MINUTE)})
            workspace = gallery_of(slug)
            if workspace is None:
                raise Http404
            response = view(request, workspace)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = f"public, max-age={KEPT}"
        response.headers["Vary"] = "Accept-Language"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return shown


@of_a_gallery
def show(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    language = translation.get_language() or settings.LANGUAGE_CODE
    shown = cache.get_or_set(
        f"gallery-{workspace.pk}-{language}", lambda: _shown(workspace, language), timeout=KEPT
    )
    context = {"replies": shown, "workspace": workspace, "way_words": way_words}
    return page(request, "answers/page.html", context, company=workspace.name)


@of_a_gallery
def download(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """As the page "In and out" reads it."""
    content = cache.get_or_set(f"gallery-file-{workspace.pk}", lambda: _file(workspace), timeout=KEPT)
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="saved-replies.json"'
    return response


def _shown(workspace: Workspace, language: str) -> list[ShownReply]:
    return shown_in(language, published(workspace, now=timezone.now()))


def _file(workspace: Workspace) -> str:
    return written_json(records_to_take(published(workspace, now=timezone.now())))


def _asks_too_often(request: HttpRequest) -> bool:
    """Counts this one, for all processes together."""
    return count(f"gallery-of-{network_of(request)}") > MOST_OF_A_NETWORK
