"""The language of the public pages: what the address asks for, else what the browser does."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

ASKED = "lang"


@dataclass(frozen=True)
class Choice:
    """One language that a reader may change to."""

    code: str
    name: str

    @property
    def link(self) -> str:
        """To this very page, as it stands."""
        return f"?{ASKED}={self.code}"


CHOICES = tuple(Choice(code, name) for code, name in settings.LANGUAGES)


def readers_language(request: HttpRequest) -> str:
    """Unlike the agents' pages, nothing is remembered: a public page leaves no cookie behind."""
    asked = request.GET.get(ASKED, "")
    if any(choice.code == asked for choice in CHOICES):
        return asked
    return translation.get_language_from_request(request)
