"""What of the saved replies everybody may see."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.env import env
from heard.replies.gallery import change_gallery, show_in_gallery
from heard.replies.models import Gallery
from heard.replies.queries import branches_of, replies_of
from heard.web.agents import AgentRequest
from heard.web.replies.found import id_asked, reply_or_404
from heard.web.settings.gates import for_admins


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    workspace = request.agent.workspace
    if request.method == "POST":
        folders = [pk for one in request.POST.getlist("folder") if (pk := id_asked(one)) is not None]
        on = request.POST.get("on") == "yes"
        change_gallery(workspace, is_on=on, folders=folders, by=request.agent, now=timezone.now())
        messages.success(request, _("Saved. The page shows it within a minute."))
        return redirect("replies_gallery")
    alone = replies_of(request.agent).filter(is_public=True, archived_at=None)
    language = get_language() or ""
    context = {
        "is_on": Gallery.objects.visible_to(request.agent).filter(is_on=True).exists(),
        "branches": branches_of(request.agent),
        "alone": sorted(((one.title(language), one) for one in alone), key=lambda pair: pair[0].casefold()),
        "address": f"{env().public_url.rstrip('/')}{reverse('gallery', kwargs={'slug': workspace.slug})}",
    }
    return render(request, "replies/gallery.html", context)


@require_POST
@for_admins
def put(request: AgentRequest, reply_id: int) -> HttpResponse:
    """One reply by itself."""
    on = request.POST.get("on") == "yes"
    show_in_gallery(reply_or_404(request, reply_id), on=on, by=request.agent, now=timezone.now())
    is_on = Gallery.objects.visible_to(request.agent).filter(is_on=True).exists()
    if on and not is_on:
        messages.success(request, _("Chosen. The public page is off, so nobody sees it yet."))
    else:
        messages.success(request, _("Saved. The page shows it within a minute."))
    return redirect("saved_reply", reply_id=reply_id)
