"""The language of whoever reads a form: one of those that the form has."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from heard.forms.models import Form
from heard.portal.language import Choice, readers_language


def language_of(request: HttpRequest, form: Form) -> str:
    wanted = request.POST.get("form-language") or readers_language(request)
    return wanted if wanted in form.languages else form.language


def choices_of(request: HttpRequest, form: Form) -> list[Choice]:
    """The languages of this form; what the link knows goes along."""
    kept = [(name, text) for name, texts in request.GET.lists() if name != "lang" for text in texts]
    return [
        Elsewhere(code, name, f"?{urlencode([*kept, ('lang', code)])}")
        for code, name in settings.LANGUAGES
        if code in form.languages
    ]


@dataclass(frozen=True)
class Elsewhere(Choice):
    """The same form in another language, with all that its link says."""

    address: str = ""

    @property
    def link(self) -> str:
        return self.address
