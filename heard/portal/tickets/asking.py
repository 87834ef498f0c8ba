"""Who has only the number asks here for a link. What is said is the same whether there is such a ticket or not."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.confirming.attempts import too_many
from heard.confirming.passes import LONGEST, ask_for_pass, open_pass
from heard.portal.public import page, public
from heard.portal.tickets.whose import company, ip_of
from heard.tickets.numbers import public_number
from heard.tickets.status_link import status_key

RETRY_SECONDS = 60


class AskForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number of your ticket"),
        max_length=40,
        help_text=gettext_lazy("It stands in our mail to you, and looks like HRD-1042-K7."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    proof = forms.CharField(
        label=gettext_lazy("Your e-mail address, or the last 4 digits of your telephone number"),
        max_length=LONGEST,
        help_text=gettext_lazy("The one that you wrote to us from. The link goes there."),
        widget=forms.TextInput(attrs={"autocomplete": "email", "autocapitalize": "off"}),
    )


@require_http_methods(["GET", "POST"])
@public
def ask(request: HttpRequest, public: str = "") -> HttpResponse:
    if request.method == "GET":
        return ask_page(request, AskForm(initial={"number": public}))
    form = AskForm(request.POST)
    if not form.is_valid():
        return ask_page(request, form, status=422)
    number = form.cleaned_data["number"]
    if too_many(now=timezone.now(), ip=ip_of(request), number=number.casefold()):
        return ask_page(request, form, status=429, often=True)
    ask_for_pass(number, form.cleaned_data["proof"], language=get_language() or "en")
    return page(request, "tickets/asked.html", {}, company=company())


@require_http_methods(["GET", "POST"])
@public
def open_with_pass(request: HttpRequest, secret: str) -> HttpResponse:
    """Programs that look into mails open every link in them: only a person's press on the button uses it up."""
    if request.method == "GET":
        return page(request, "tickets/open.html", {}, company=company())
    now = timezone.now()
    if too_many(now=now, ip=ip_of(request)):
        return slow_down(request)
    ticket = open_pass(secret, now=now)
    if ticket is None:
        return ask_page(request, AskForm(), status=404, expired=True)
    workspace = ticket.workspace
    number, key = public_number(workspace, ticket.number), status_key(workspace, ticket.number)
    return redirect("status", public=number, status_key=key)


def ask_page(
    request: HttpRequest, form: AskForm, *, status: int = 200, expired: bool = False, often: bool = False
) -> HttpResponse:
    context = {"form": form, "trouble": _trouble(expired=expired, often=often)}
    response = page(request, "tickets/ask.html", context, company=company(), status=status)
    return retry_later(response) if often else response


def _trouble(*, expired: bool, often: bool) -> str:
    if often:
        return often_words()
    return _("This link opens nothing, or nothing any more. Ask for a new one here.") if expired else ""


def often_words() -> str:
    """Where what was typed is shown again: browsers forget what stood on pages that are kept by nobody."""
    return _("That was often in a short time. Please wait a minute, then send it again.")


def retry_later(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def slow_down(request: HttpRequest) -> HttpResponse:
    return retry_later(page(request, "tickets/slow_down.html", {}, company=company(), status=429))
