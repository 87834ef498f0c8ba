"""What can be wrong: the list, the most frequent first, and who looks after each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.forms.issues import Counted, issues_in_order
from heard.forms.kinds import (
    BadTags,
    NotAboveItself,
    TooManyKinds,
    WantedKind,
    add_kind,
    change_kind,
    remove_kind,
)
from heard.forms.models import IssueKind
from heard.forms.shown import issue_label
from heard.forms.starters import add_starters
from heard.forms.texts import Part, Words, place, words_of_issues
from heard.tickets.models import Priority
from heard.web.agents import AgentRequest
from heard.web.forms.found import issue_or_404
from heard.web.forms.typed import IssueForm, StartForm
from heard.web.settings.gates import for_admins


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    words = _words(request)
    ordered = issues_in_order(request.agent.workspace, now=timezone.now(), also_off=True)
    context = {"issues": [_row(one, words) for one in ordered], "start": StartForm()}
    return render(request, "forms/issues.html", context)


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, issue_id: int) -> HttpResponse:
    return _edit(request, issue_or_404(request, issue_id))


@require_POST
@for_admins
def remove(request: AgentRequest, issue_id: int) -> HttpResponse:
    remove_kind(issue_or_404(request, issue_id), by=request.agent, now=timezone.now())
    messages.success(request, _("It is gone from the list. Tickets stay as they are."))
    return redirect("issues")


@require_POST
@for_admins
def start(request: AgentRequest) -> HttpResponse:
    form = StartForm(request.POST)
    if form.is_valid():
        workspace, industry = request.agent.workspace, form.cleaned_data["industry"]
        add_starters(workspace, industry=industry, by=request.agent, now=timezone.now())
        messages.success(request, _("What was missing of that list is there now."))
    return redirect("issues")


def _row(one: Counted, words: Words) -> dict[str, Any]:
    parts = [_row(part, words) for part in one.parts]
    return {"kind": one.kind, "label": issue_label(one.kind, words), "count": one.count, "parts": parts}


def _words(request: AgentRequest) -> Words:
    return words_of_issues(request.agent.workspace, language=get_language() or "en")


def _edit(request: AgentRequest, issue: IssueKind | None) -> HttpResponse:
    workspace = request.agent.workspace
    if request.method == "GET":
        form = IssueForm(initial=_as_it_is(request, issue), workspace=workspace, issue=issue)
        return _page(request, issue, form)
    form = IssueForm(request.POST, workspace=workspace, issue=issue)
    if not form.is_valid() or not _written(request, issue, form):
        return _page(request, issue, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("issues")


def _written(request: AgentRequest, issue: IssueKind | None, form: IssueForm) -> bool:
    typed, now = form.cleaned_data, timezone.now()
    workspace = request.agent.workspace
    wanted = WantedKind(
        labels={code: typed[f"label_{code}"] for code, _name in settings.LANGUAGES},
        key=typed["label_en"] or typed[f"label_{workspace.language}"],
        parent=typed["parent"],
        asks_text=typed["asks_text"],
        pinned=typed["pinned"],
        is_on=typed["is_on"],
        team=typed["team"],
        priority=Priority(typed["priority"]),
        tags=typed["tags"].split(","),
    )
    try:
        if issue is None:
            add_kind(workspace, wanted, by=request.agent, now=now)
        else:
            change_kind(issue, wanted, by=request.agent, now=now)
    except BadTags:
        form.add_error("tags", _("A tag has at most 40 characters, and a ticket at most 20 tags."))
    except NotAboveItself:
        form.add_error("parent", _("What has parts of its own cannot be a part."))
    except TooManyKinds:
        form.add_error(None, _("That is more than anybody reads. Remove some first."))
    return not form.errors


def _as_it_is(request: AgentRequest, issue: IssueKind | None) -> dict[str, Any]:
    if issue is None:
        return {"is_on": True, "priority": Priority.NORMAL}
    words = _words(request)
    labels = {
        f"label_{code}": words.in_one(place(Part.LABEL, issue=issue), code)
        for code, _name in settings.LANGUAGES
    }
    return {
        **labels,
        "parent": issue.parent,
        "asks_text": issue.asks_text,
        "pinned": issue.pinned,
        "is_on": issue.is_on,
        "team": issue.team,
        "priority": issue.priority,
        "tags": ", ".join(issue.tags),
    }


def _page(request: AgentRequest, issue: IssueKind | None, form: IssueForm, status: int = 200) -> HttpResponse:
    label = issue_label(issue, _words(request)) if issue else ""
    return render(request, "forms/issue.html", {"issue": issue, "label": label, "form": form}, status=status)
