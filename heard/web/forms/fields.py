"""The questions of a form: added, changed, moved and removed by buttons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.forms.fields import (
    BadKey,
    GoesInCircles,
    KeyTaken,
    TooMany,
    WantedField,
    add_field,
    change_field,
    move_field,
    remove_field,
)
from heard.forms.models import Field, Form
from heard.forms.shown import ShownForm, shown
from heard.web.agents import AgentRequest
from heard.web.forms.found import field_or_404, form_or_404
from heard.web.forms.typed import QuestionForm, plain_key
from heard.web.settings.gates import for_admins

CHOOSING = {Field.Kind.CHOICE, Field.Kind.CHOICES}


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest, form_id: int) -> HttpResponse:
    return _ask(request, form_or_404(request, form_id), None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, form_id: int, field_id: int) -> HttpResponse:
    field = field_or_404(request, form_id, field_id)
    return _ask(request, field.form, field)


@require_POST
@for_admins
def move(request: AgentRequest, form_id: int, field_id: int) -> HttpResponse:
    field = field_or_404(request, form_id, field_id)
    try:
        move_field(field, up=request.POST.get("to") == "up", by=request.agent, now=timezone.now())
    except GoesInCircles:
        messages.error(request, _("A question stands after the one that it depends on."))
    return redirect(f"{reverse('form_edit', kwargs={'form_id': form_id})}#question-{field.pk}")


@require_POST
@for_admins
def remove(request: AgentRequest, form_id: int, field_id: int) -> HttpResponse:
    field = field_or_404(request, form_id, field_id)
    remove_field(field, by=request.agent, now=timezone.now())
    messages.success(request, _("The question is gone. What was answered stays."))
    return redirect("form_edit", form_id=form_id)


def _ask(request: AgentRequest, form: Form, field: Field | None) -> HttpResponse:
    seen = shown(form, language=form.language, now=timezone.now())
    place: dict[str, Any] = {
        "form": form,
        "before": _before(form, field),
        "values": _values(seen, field),
    }
    if request.method == "GET":
        return _page(request, form, field, QuestionForm(initial=_as_it_is(seen, field), **place))
    typed = QuestionForm(request.POST, **place)
    if not typed.is_valid() or not _written(request, form, field, typed):
        return _page(request, form, field, typed, status=422)
    messages.success(request, _("Saved."))
    return redirect("form_edit", form_id=form.pk)


def _written(request: AgentRequest, form: Form, field: Field | None, typed: QuestionForm) -> bool:
    told: dict[str, Any] = {"language": form.language, "by": request.agent, "now": timezone.now()}
    wanted = _wanted(form, field, typed.cleaned_data)
    try:
        if field is None:
            add_field(form, wanted, **told)
        else:
            change_field(field, wanted, **told)
    except BadKey:
        typed.add_error("key", _("Small letters, digits and underscores, a letter first."))
    except KeyTaken:
        typed.add_error("key", _("Another question has this name."))
    except TooMany:
        typed.add_error("options", _("That is more than anybody answers."))
    except GoesInCircles:
        typed.add_error("shown_when", _("Choose a question that stands before this one."))
    if not wanted.options and wanted.kind in CHOOSING:
        messages.error(request, _("Nobody can answer yet: write the answers to choose from."))
    return not typed.errors


def _wanted(form: Form, field: Field | None, typed: dict[str, Any]) -> WantedField:
    taken = set(form.fields.exclude(pk=field.pk if field else 0).values_list("key", flat=True))
    options = _options(form, field, typed["options"]) if typed["kind"] in CHOOSING else ()
    return WantedField(
        key=typed["key"] or (field.key if field else plain_key(typed["label"], taken=taken)),
        kind=typed["kind"],
        label=typed["label"],
        hint=typed["hint"],
        required=typed["required"],
        options=options,
        shown_when=typed["shown_when"],
        shown_values=typed.get("shown_values", ()),
    )


def _options(form: Form, field: Field | None, typed: str) -> list[tuple[str, str]]:
    """An answer whose words stay keeps its name, so that its translations stay with it."""
    seen = shown(form, language=form.language, now=timezone.now())
    question = seen.question(field.key) if field else None
    known = {option.label: option.value for option in question.options} if question else {}
    made: list[tuple[str, str]] = []
    for line in dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()):
        taken = {key for key, _text in made} | set(known.values())
        made.append((known.get(line) or plain_key(line, taken=taken), line))
    return made


def _before(form: Form, field: Field | None) -> list[Field]:
    there = list(form.fields.order_by("position", "id"))
    if field is None:
        return there
    return [one for one in there if (one.position, one.pk) < (field.position, field.pk)]


def _values(seen: ShownForm, field: Field | None) -> list[tuple[str, str]]:
    above = seen.question(field.shown_when.key) if field and field.shown_when else None
    return [(option.value, option.label) for option in above.options] if above else []


def _as_it_is(seen: ShownForm, field: Field | None) -> dict[str, Any]:
    question = seen.question(field.key) if field else None
    if field is None or question is None:
        return {}
    return {
        "label": question.label,
        "hint": question.hint,
        "kind": field.kind,
        "required": field.required,
        "options": "\n".join(question.labelled(option) for option in field.options),
        "key": field.key,
        "shown_when": field.shown_when,
        "shown_values": field.shown_values,
    }


def _page(
    request: AgentRequest, form: Form, field: Field | None, typed: QuestionForm, status: int = 200
) -> HttpResponse:
    context = {"found": form, "question": field, "form": typed}
    return render(request, "forms/question.html", context, status=status)
