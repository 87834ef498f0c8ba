"""The page on which one customer gives what must not stand in a comment. It takes one answer."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.confirming.attempts import too_many
from heard.portal.public import page, public
from heard.portal.tickets.asking import often_words, retry_later
from heard.portal.tickets.whose import ip_of
from heard.taking_private.models import SafeForm, SafeQuestion
from heard.taking_private.safe_form import (
    LONGEST,
    LONGEST_LINE,
    NothingGiven,
    UsedUp,
    fill_in,
    form_of,
    is_open,
)
from heard.tickets.add_to import NothingToAddTo

TYPES = {SafeQuestion.EMAIL: "email", SafeQuestion.PHONE: "tel"}
KNOWN_TO_BROWSERS = {
    SafeQuestion.NAME: "name",
    SafeQuestion.ADDRESS: "street-address",
    SafeQuestion.EMAIL: "email",
    SafeQuestion.PHONE: "tel",
}


class Asked(forms.Form):
    """Nothing is required: whoever has no order number can still say what happened."""

    def __init__(self, safe: SafeForm, typed: object = None) -> None:
        super().__init__(typed)  # type: ignore[arg-type]
        for name in safe.wants:
            wanted = SafeQuestion(name)
            self.fields[name] = forms.CharField(
                label=wanted.label,
                required=False,
                max_length=LONGEST.get(wanted, LONGEST_LINE),
                widget=_widget(wanted),
            )


def _widget(wanted: SafeQuestion) -> forms.Widget:
    told = {"autocomplete": KNOWN_TO_BROWSERS.get(wanted, "off"), "dir": "auto", "class": "input"}
    if wanted in LONGEST:
        return forms.Textarea(attrs={**told, "rows": 3})
    return forms.TextInput(attrs={**told, "type": TYPES.get(wanted, "text")})


@require_http_methods(["GET", "HEAD", "POST"])
@public
def form(request: HttpRequest, key: str) -> HttpResponse:
    """Looking uses nothing up: programs look at links before people do."""
    safe, now = form_of(key), timezone.now()
    if safe is None or not (is_open(safe, now=now) or (request.method == "POST" and safe.used_at)):
        used = safe is not None and safe.used_at is not None
        company = safe.workspace.name if safe else ""
        return page(request, "safe/closed.html", {"used": used}, company=company, status=200 if used else 404)
    if request.method != "POST":
        return _page(request, safe, Asked(safe))
    if too_many(now=now, ip=ip_of(request), safe=str(safe.pk)):
        return retry_later(_page(request, safe, Asked(safe, request.POST), trouble=often_words(), status=429))
    typed = Asked(safe, request.POST)
    if not typed.is_valid():
        return _page(request, safe, typed, status=422)
    try:
        fill_in(safe, given=typed.cleaned_data, now=now)
    except NothingGiven:
        return _page(request, safe, typed, trouble=_("Fill in at least one field."), status=422)
    except (UsedUp, NothingToAddTo):
        return page(request, "safe/closed.html", {"used": True}, company=safe.workspace.name)
    return page(request, "safe/given.html", {}, company=safe.workspace.name)


def _page(
    request: HttpRequest, safe: SafeForm, asked: Asked, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": asked, "trouble": trouble, "until": safe.until}
    return page(request, "safe/form.html", context, company=safe.workspace.name, status=status)
