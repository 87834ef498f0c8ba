from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from heard import probes


def home(request: HttpRequest) -> HttpResponse:
    return redirect("tickets")


urlpatterns = [
    path("", home, name="home"),
    path("healthz", probes.healthz),
    path("readyz", probes.readyz),
    path("metrics", probes.metrics),
    path("tickets", include("heard.web.tickets.urls")),
    path("t", include("heard.portal.tickets.urls")),
    path("", include("heard.portal.safe.urls")),
    path("", include("heard.portal.same.urls")),
    path("", include("heard.api.urls")),
    path("", include("heard.web.files.urls")),
    path("", include("heard.web.letters.urls")),
    path("", include("heard.web.sign_in.urls")),
    path("", include("heard.web.settings.urls")),
    path("", include("heard.web.forms.urls")),
    path("", include("heard.web.inboxes.urls")),
    path("", include("heard.web.ledger.urls")),
    path("", include("heard.web.publishing.urls")),
    path("", include("heard.web.replies.urls")),
    path("", include("heard.web.abilities.urls")),
    path("", include("heard.web.replies.macro_urls")),
    path("", include("heard.portal.forms.urls")),
    path("", include("heard.portal.answers.urls")),
    path("", include("heard.mail_hooks.urls")),
    path("", include("heard.web.chat.urls")),
    path("", include("heard.web.calls.urls")),
    path("", include("heard.web.mails.urls")),
    path("", include("heard.web.contacts.urls")),
]

handler400 = "heard.web.errors.bad_request"
handler403 = "heard.web.errors.forbidden"
handler404 = "heard.web.errors.not_found"
handler500 = "heard.web.errors.crashed"
