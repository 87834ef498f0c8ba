"""What customers wrote under "something else", and the button that makes an issue of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heard.forms.gather_others import in_words
from heard.forms.kinds import TooManyKinds
from heard.forms.others import WITHIN, NotWrittenOften, make_it_an_issue, others
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins

SHOWN = 5


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    found = others(request.agent.workspace, now=timezone.now())
    groups = [(group, in_words(group), [one.text for one in group.written[-SHOWN:]]) for group in found]
    return render(request, "forms/others.html", {"groups": groups, "days": WITHIN.days})


@require_POST
@for_admins
def take(request: AgentRequest) -> HttpResponse:
    """It is in the list at once; its words in other languages are written on its page."""
    workspace, key = request.agent.workspace, request.POST.get("word", "")
    try:
        kind = make_it_an_issue(workspace, key=key, by=request.agent, now=timezone.now())
    except NotWrittenOften:
        messages.error(request, _("That is no longer there."))
        return redirect("issues_others")
    except TooManyKinds:
        messages.error(request, _("That is more than anybody reads. Remove some first."))
        return redirect("issues_others")
    messages.success(request, _("It is in the list now. Say it as a customer would, in each language."))
    return redirect("issue", issue_id=kind.pk)
