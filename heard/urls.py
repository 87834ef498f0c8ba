from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path


def home(request: HttpRequest) -> HttpResponse:
    return redirect("tickets")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("tickets", include("heard.web.tickets.urls")),
    path("", include("heard.web.files.urls")),
]

handler404 = "heard.web.errors.not_found"
handler500 = "heard.web.errors.crashed"
