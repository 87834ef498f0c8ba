from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def take(request: HttpRequest, carrier: str, key: str) -> HttpResponse:
    """anymail brings 80 modules, and few installations are called by a mail service: loaded when one calls."""
    from heard.mail_hooks import views

    return views.take(request, carrier, key)


urlpatterns = [
    path("mail-hooks/<slug:carrier>/<str:key>", take, name="mail_hook"),
    path("mail-hooks/<slug:carrier>/<str:key>/mime", take, name="mail_hook_mime"),
]
