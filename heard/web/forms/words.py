"""All texts of a form, its languages side by side, and what nobody has written yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.forms.fields import word_form
from heard.forms.models import Field, Form
from heard.forms.texts import Part, Words, place, words_of
from heard.web.agents import AgentRequest
from heard.web.forms.found import form_or_404
from heard.web.settings.gates import for_admins


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    language: str
    text: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    cells: Sequence[Cell]
    is_long: bool = False


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, form_id: int) -> HttpResponse:
    found = form_or_404(request, form_id)
    rows = list(_rows(found))
    if request.method == "POST":
        typed = {cell.name: cell for row in rows for cell in row.cells if cell.name in request.POST}
        texts = {_meant(name): request.POST[name] for name in typed}
        word_form(found, texts, by=request.agent, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("form_words", form_id=found.pk)
    languages = [(code, name) for code, name in settings.LANGUAGES if code in found.languages]
    missing = {
        code: sum(cell.is_missing for row in rows for cell in row.cells if cell.language == code)
        for code, _name in languages
    }
    context = {"found": found, "rows": rows, "languages": languages, "missing": missing}
    return render(request, "forms/words.html", context)


def _rows(form: Form) -> Iterator[Row]:
    words = words_of(form, language=form.language)
    for part in (Part.TITLE, Part.INTRO, Part.NEXT):
        yield _row(form, words, str(part.label), None, part, is_long=part != Part.TITLE)
    for field in form.fields.order_by("position", "id"):
        label = words.said(place(Part.LABEL, field=field), otherwise=field.key)
        yield _row(form, words, label, field, Part.LABEL)
        yield _row(form, words, f"{label} · {Part.HINT.label}", field, Part.HINT)
        for option in field.options:
            yield _row(form, words, f"{label} · {option}", field, Part.OPTION, option)


def _row(
    form: Form,
    words: Words,
    what: str,
    field: Field | None,
    part: Part,
    option: str = "",
    *,
    is_long: bool = False,
) -> Row:
    where = place(part, field=field, option=option)
    texts = {code: words.in_one(where, code) for code in form.languages}
    said = any(texts.values())
    needed = part in (Part.TITLE, Part.LABEL, Part.OPTION) or said
    cells = [
        Cell(f"{field.pk if field else ''}.{part.value}.{option}.{code}", code, text, needed and not text)
        for code, text in texts.items()
    ]
    return Row(what, cells, is_long)


def _meant(name: str) -> tuple[int | None, str, str, str]:
    """Only of names that we made."""
    field, part, rest = name.split(".", 2)
    option, _dot, language = rest.rpartition(".")
    return (int(field) if field else None, part, option, language)
