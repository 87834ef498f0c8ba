"""Is it a person who sends this? Whoever is not believed at once loses nothing but a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from heard.forms.models import Form
from heard.forms.signs import BadSign, Stamp, read_stamp
from heard.portal.forms.puzzle import PATIENCE, is_solved, was_patient
from heard.portal.forms.visitor import is_pressed, too_many_from

TRAP = "your-website"  # no person sees this field


@dataclass(frozen=True)
class Hindrance:
    """Why a form that is well filled in was not taken yet."""

    reason: str
    status: int = 422
    puzzle: bool = False
    anew: bool = True  # with a stamp of now


def hindered(request: HttpRequest, form: Form, *, now: datetime) -> tuple[Stamp | None, Hindrance | None]:
    """The stamp where nothing stands in the way, else why it was not taken yet."""
    signed = request.POST.get("form-stamp", "")
    try:
        stamp = read_stamp(form, signed)
    except BadSign:
        return None, Hindrance(_("Please look it over once more, then send it again."))
    if stamp.is_too_old(now):
        return None, Hindrance(
            _("This page was open for very long. Please look it over, then send it again.")
        )
    if stamp.is_too_new(now):
        return None, Hindrance(_("That was very quick. Please look it over, then send it again."), anew=False)
    if too_many_from(request):
        return None, too_often()
    suspicious = bool(request.POST.get(TRAP)) or is_pressed(form.pk)
    if suspicious and not (
        is_solved(signed, request.POST.get("form-solution", "")) or _waited(request, stamp, now)
    ):
        return None, Hindrance(_needs_patience(), 422, puzzle=True)
    return stamp, None


def _waited(request: HttpRequest, stamp: Stamp, now: datetime) -> bool:
    """Only of who was asked to: a form takes longer than that to fill in anyway."""
    return request.POST.get("form-waited") == "asked" and was_patient(stamp, now)


def _needs_patience() -> str:
    text = _("Very many forms are coming in just now. Please wait {seconds} seconds, then send it again.")
    return text.format(seconds=int(PATIENCE.total_seconds()))


def too_often() -> Hindrance:
    text = _(
        "Several forms came from your connection in a short time. Please wait a minute, then send it again."
    )
    return Hindrance(text, 429, anew=False)
