"""How the chat window of an inbox looks, what it says and who may show it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.chat.colours import readable_on_page, words_on
from heard.chat.models import Widget
from heard.chat.texts import direction_of, texts_for
from heard.chat.widgets import UnfitWords, change_widget, secrets_of
from heard.env import env
from heard.inboxes.credentials import CannotOpen
from heard.tickets.finding_words import finding_words
from heard.web.agents import AgentRequest
from heard.web.chat.forms import WindowForm
from heard.web.chat.found import window_or_404
from heard.web.settings.gates import for_admins


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    widget = window_or_404(request, inbox_id)
    form = WindowForm(request.POST or None, widget=widget)
    if request.method == "GET" or not form.is_valid():
        return _page(request, widget, form)
    try:
        change_widget(widget, **form.wanted(), by=request.agent, now=timezone.now())
    except UnfitWords as unfit:
        form.add_error(f"{unfit.name}_{unfit.language}", [finding_words(one) for one in unfit.findings])
        return _page(request, widget, form)
    messages.success(request, _("Saved."))
    return redirect("inbox_chat", inbox_id=inbox_id)


def _page(request: AgentRequest, widget: Widget, form: WindowForm) -> HttpResponse:
    script = f"{env().public_url}/chat/{widget.inbox.key}.js"
    language, texts = texts_for(get_language() or "", widget.texts)
    context = {
        "inbox": widget.inbox,
        "widget": widget,
        "form": form,
        "snippet": f'<script src="{script}" async></script>',
        "hard_to_see": not readable_on_page(widget.colour),
        "secrets": _how_many(widget),
        "preview": {
            "language": language,
            "dir": direction_of(language),
            "texts": texts,
            "ours": texts_for(language, {})[1],
            "colour": widget.colour,
            "ink": words_on(widget.colour),
            "position": widget.position,
            "open": True,
            "until": None,
            "opens": None,
            "longest": 4000,
            "largest": 0,
            "files": 0,
        },
    }
    return render(request, "chat/window.html", context, status=422 if form.errors else 200)


def _how_many(widget: Widget) -> int:
    try:
        return len(secrets_of(widget.pk, widget.sealed_secrets))
    except CannotOpen:
        return 0
