"""Sign in once by a link. Opening it changes nothing: mail scanners open every link they see."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heard.accounts import sign_in_links


@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    return _without_a_trace(_use(request, secret) if request.method == "POST" else _show(request, secret))


def _show(request: HttpRequest, secret: str) -> HttpResponse:
    user = sign_in_links.look(secret, now=timezone.now())
    if user is None:
        return _too_late(request)
    return render(request, "sign_in/link.html", {"signs_in": user})


def _use(request: HttpRequest, secret: str) -> HttpResponse:
    user = sign_in_links.redeem(secret, now=timezone.now())
    if user is None:
        return _too_late(request)
    # All the same steps as with a password: a second factor is asked for, the session gets a new key.
    response: HttpResponse = perform_login(request, user)
    return response


def _too_late(request: HttpRequest) -> HttpResponse:
    return render(request, "sign_in/link_gone.html", status=410)


def _without_a_trace(response: HttpResponse) -> HttpResponse:
    # The secret stands in the address, which the next page must not learn. "no-referrer" would also turn
    # the form's Origin into null, which the check against forged requests refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
