"""The places that the rail leads to."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.workspaces.models import Agent


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


def places(request: HttpRequest, agent: Agent) -> list[Shown]:
    found = []
    for place in PLACES:
        if place.for_admins and not agent.is_admin:
            continue
        try:
            url = reverse(place.name)
        except NoReverseMatch:
            continue
        found.append((place, url))
    # One place lies below another, and only the nearest one is where somebody is.
    here = max((url for _place, url in found if request.path.startswith(url)), key=len, default="")
    return [Shown(place, url, url == here) for place, url in found]
