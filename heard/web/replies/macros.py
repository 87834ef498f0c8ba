"""Macros: the list for everybody, the forms for admins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.replies.macros import macros_of
from heard.replies.models import Macro
from heard.replies.write_macro import BadMacro, change_macro, make_macro, remove_macro
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.macro_form import MacroForm, as_it_is
from heard.web.settings.gates import for_admins


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    return render(request, "replies/macros.html", {"macros": macros_of(request.agent)})


@require_http_methods(["GET", "POST"])
@for_admins
def new(request: AgentRequest) -> HttpResponse:
    form = MacroForm(request.POST or None, agent=request.agent)
    return _saved(request, form, None) or _page(request, form, None)


@require_http_methods(["GET", "POST"])
@for_admins
def macro(request: AgentRequest, macro_id: int) -> HttpResponse:
    found = _found(request, macro_id)
    form = MacroForm(request.POST or None, agent=request.agent, initial=as_it_is(found))
    return _saved(request, form, found) or _page(request, form, found)


@require_POST
@for_admins
def remove(request: AgentRequest, macro_id: int) -> HttpResponse:
    found = _found(request, macro_id)
    name = found.name
    remove_macro(found, by=request.agent, now=timezone.now())
    messages.success(request, _("The macro “%(name)s” is gone.") % {"name": name})
    return redirect("macros")


def _found(request: AgentRequest, macro_id: int) -> Macro:
    return get_object_or_404(Macro.objects.visible_to(request.agent), pk=macro_id)


def _saved(request: AgentRequest, form: MacroForm, found: Macro | None) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        if found is None:
            make_macro(request.agent.workspace, form.deeds, by=request.agent, now=timezone.now())
        else:
            change_macro(found, form.deeds, by=request.agent, now=timezone.now())
    except BadMacro as bad:
        form.add_error(bad.field, _why(bad))
        return None
    messages.success(request, _("Saved."))
    return redirect("macros")


def _page(request: AgentRequest, form: MacroForm, found: Macro | None) -> HttpResponse:
    context = {"form": form, "macro": found}
    return render(request, "replies/macro.html", context, status=422 if form.errors else 200)


def _why(bad: BadMacro) -> str:
    return {
        ("name", "taken"): _("Another macro has this name."),
        ("name", "nothing"): _("This macro does nothing yet."),
        ("name", "missing"): _("Give it a name."),
        ("key", "taken"): _("Another macro has this letter."),
        ("key", "form"): _("One letter or digit."),
        ("tags", "long"): _("At most 20 tags of 40 characters each."),
        ("snooze_hours", "waits"): _(
            "After a reply or a resolution nobody waits, so there is nothing to snooze."
        ),
        ("resolution_note", "why"): _("Say in a sentence why, so that a colleague understands it later."),
    }.get((bad.field, bad.code), _("This cannot be."))
