"""What an inbox listens for in public: a list to add to, change and take from, with a try beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from heard.inboxes.models import Inbox
from heard.inboxes.spending import costs_money
from heard.ingest.models import ListenQuery
from heard.ingest.queries import (
    MOST_QUERIES,
    BadQuery,
    CannotTry,
    add_query,
    can_listen,
    change_query,
    remove_query,
    try_query,
)
from heard.web.agents import AgentRequest
from heard.web.inboxes.found import channel_or_404, inbox_or_404
from heard.web.settings.gates import for_admins

MOST_SHOWN = 10


class QueryForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Agents see it at what was found: “Our name, misspelt”."),
    )
    text = forms.CharField(
        label=gettext_lazy("What to listen for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("In the network's own language of searches. Try it before you save it."),
    )


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = _inbox(request, inbox_id)
    form = QueryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            return _page(request, inbox, form, None, **_tried(inbox, form))
        try:
            add_query(inbox, **form.cleaned_data, by=request.agent, now=timezone.now())
        except BadQuery as bad:
            form.add_error("text", _why(bad))
        else:
            messages.success(request, _("Saved. What is said from now on comes in."))
            return redirect("inbox_queries", inbox_id=inbox.pk)
    return _page(request, inbox, form, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, inbox_id: int, query_id: int) -> HttpResponse:
    inbox = _inbox(request, inbox_id)
    query = get_object_or_404(_queries(request, inbox), pk=query_id)
    form = QueryForm(request.POST or None, initial={"name": query.name, "text": query.text})
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            return _page(request, inbox, form, query, **_tried(inbox, form))
        try:
            change_query(query, **form.cleaned_data, by=request.agent, now=timezone.now())
        except BadQuery as bad:
            form.add_error("text", _why(bad))
        else:
            messages.success(request, _("Saved."))
            return redirect("inbox_queries", inbox_id=inbox.pk)
    return _page(request, inbox, form, query)


@require_POST
@for_admins
def remove(request: AgentRequest, inbox_id: int, query_id: int) -> HttpResponse:
    inbox = _inbox(request, inbox_id)
    query = get_object_or_404(_queries(request, inbox), pk=query_id)
    remove_query(query, by=request.agent, now=timezone.now())
    text = _("Heard no longer listens for “%(name)s”. What it found stays.")
    messages.success(request, text % {"name": query.name})
    return redirect("inbox_queries", inbox_id=inbox.pk)


def _inbox(request: AgentRequest, inbox_id: int) -> Inbox:
    inbox = inbox_or_404(request, inbox_id)
    channel_or_404(inbox.channel)
    if not can_listen(inbox):
        raise Http404
    return inbox


def _queries(request: AgentRequest, inbox: Inbox) -> QuerySet[ListenQuery]:
    return ListenQuery.objects.visible_to(request.agent).filter(inbox=inbox).select_related("look")


def _tried(inbox: Inbox, form: QueryForm) -> dict[str, Any]:
    try:
        tried = try_query(inbox, text=form.cleaned_data["text"], now=timezone.now())
    except BadQuery as bad:
        form.add_error("text", _why(bad))
    except CannotTry as failed:
        form.add_error("text", _("The network did not search: %(reason)s") % {"reason": _(failed.reason)})
    else:
        return {"found": tried.found[-MOST_SHOWN:], "found_count": len(tried.found)}
    return {}


def _page(
    request: AgentRequest, inbox: Inbox, form: QueryForm, query: ListenQuery | None, **more: Any
) -> HttpResponse:
    context = {
        "inbox": inbox,
        "channel": channel_or_404(inbox.channel),
        "form": form,
        "query": query,
        "queries": [] if query else list(_queries(request, inbox).order_by("name", "pk")),
        "costs_money": costs_money(inbox),
        "now": timezone.now(),
        **more,
    }
    return render(request, "inboxes/queries.html", context, status=422 if form.errors else 200)


def _why(bad: BadQuery) -> str:
    if bad.code == "there":
        return _("Heard listens for this already.")
    if bad.code == "too_many":
        return _("An inbox listens for %(count)s things at the most.") % {"count": MOST_QUERIES}
    return _("Say what to listen for.")
