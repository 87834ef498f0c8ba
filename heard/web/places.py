"""The places that the rail leads to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from heard.web.fragments import whole_for_all


@dataclass(frozen=True)
class Place:
    name: str
    label: Promise | str
    icon: str
    for_admins: bool = False
    at_end: bool = False


@dataclass(frozen=True)
class Shown:
    place: Place
    url: str
    is_here: bool


PLACES = (
    Place("tickets", _("Tickets"), "inbox"),
    Place("replies", _("Saved replies"), "book-open"),
    Place("posts", _("Posts"), "calendar-days"),
    Place("inboxes", _("Inboxes and health"), "plug"),
    Place("ledger", _("Ledger"), "scale"),
    Place("settings", _("Settings"), "settings", at_end=True),
)


def rail(path: str, *, is_agent: bool, is_admin: bool) -> Markup:
    """Looks alike for all who are at the same place, so it is drawn once."""
    shown = _addresses(is_admin) if is_agent else ()
    # One place lies below another, and only the nearest one is where somebody is.
    here = max((url for _place, url in shown if path.startswith(url)), key=len, default="")
    return _drawn(shown, here, get_language() or "")


@cache
def _addresses(is_admin: bool) -> tuple[tuple[Place, str], ...]:
    found = []
    for place in PLACES:
        if place.for_admins and not is_admin:
            continue
        with suppress(NoReverseMatch):
            found.append((place, reverse(place.name)))
    return tuple(found)


@cache
def _drawn(places: tuple[tuple[Place, str], ...], here: str, language: str) -> Markup:
    shown = [Shown(place, url, url == here) for place, url in places]
    return Markup(whole_for_all("components/rail.html", context={"places": shown}))
