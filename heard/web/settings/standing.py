"""What saved replies say of the workspace every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from heard.replies.standing import LONGEST_LINK, BadStanding, Standing, change_standing, standing_of
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins
from heard.web.times import language_name

LABELS: Final[Mapping[str, Promise]] = {
    "contact_pages": gettext_lazy("Page with all ways to reach you"),
    "faq_links": gettext_lazy("Page with frequent questions"),
}
OFFERED: Final = tuple(
    "bg cs da de el en es et fi fr hr hu it lt lv mk nl pl pt ro ru sk sl sq sr sv tr uk".split()  # noqa: SIM905  a list to read
)


@dataclass(frozen=True)
class Link:
    """One field of the page."""

    name: str
    language: str
    value: str
    wrong: bool


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    workspace = request.agent.workspace
    if request.method == "GET":
        return _page(request, standing_of(workspace))
    typed = _typed(request)
    try:
        change_standing(workspace, typed, by=request.agent, now=timezone.now())
    except BadStanding as bad:
        return _page(request, typed, bad, status=422)
    messages.success(request, _("Saved."))
    return redirect("settings_standing")


def _typed(request: AgentRequest) -> Standing:
    sent = request.POST
    links = {
        name: {
            code: sent.get(f"{name}-{code}", "").replace("\x00", "")[: LONGEST_LINK + 1] for code in _codes()
        }
        for name in LABELS
    }
    languages = [code for code in sent.getlist("languages") if code in OFFERED]
    return Standing(languages=languages, contact_pages=links["contact_pages"], faq_links=links["faq_links"])


def _page(
    request: AgentRequest, standing: Standing, bad: BadStanding | None = None, status: int = 200
) -> HttpResponse:
    names = sorted(((code, language_name(code)) for code in OFFERED), key=lambda pair: pair[1].casefold())
    context: dict[str, Any] = {
        "standing": standing,
        "names": names,
        "groups": [(label, _fields(standing, name, bad)) for name, label in LABELS.items()],
    }
    return render(request, "settings/standing.html", context, status=status)


def _fields(standing: Standing, name: str, bad: BadStanding | None) -> list[Link]:
    kept: Mapping[str, str] = getattr(standing, name)
    wrong = (bad.field, bad.language) if bad else None
    return [Link(f"{name}-{code}", code, kept.get(code, ""), (name, code) == wrong) for code in _codes()]


def _codes() -> Sequence[str]:
    """The one for all others first."""
    return ["", *dict(settings.LANGUAGES)]
