"""The folders of saved replies: add, name, move and remove them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.replies.folders import BadFolder, add_folder, change_folder, remove_folder
from heard.replies.models import Folder
from heard.replies.queries import branches_of
from heard.web.agents import AgentRequest
from heard.web.replies.found import folder_or_404, id_asked
from heard.web.replies.words import folder_words
from heard.web.settings.gates import for_admins


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request)
    name = request.POST.get("name", "")
    try:
        add_folder(name, parent=_parent(request), by=request.agent, now=timezone.now())
    except BadFolder as bad:
        return _page(request, typed=name, problem=folder_words(bad))
    messages.success(request, _("The folder is there."))
    return redirect("reply_folders")


@require_POST
@for_admins
def change(request: AgentRequest, folder_id: int) -> HttpResponse:
    folder = folder_or_404(request, folder_id)
    try:
        if request.POST.get("action") == "remove":
            remove_folder(folder, by=request.agent, now=timezone.now())
        else:
            name = request.POST.get("name", "")
            change_folder(folder, name=name, parent=_parent(request), by=request.agent, now=timezone.now())
    except BadFolder as bad:
        messages.error(request, folder_words(bad))
    else:
        messages.success(request, _("Saved."))
    return redirect("reply_folders")


def _parent(request: AgentRequest) -> Folder | None:
    asked = request.POST.get("parent", "")
    return folder_or_404(request, id_asked(asked) or 0) if asked else None


def _page(request: AgentRequest, *, typed: str = "", problem: str = "") -> HttpResponse:
    context = {"branches": branches_of(request.agent), "typed": typed, "problem": problem}
    return render(request, "replies/folders.html", context, status=422 if problem else 200)
