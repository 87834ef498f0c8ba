from __future__ import annotations

from django.urls import path

from heard.portal.forms import embed, sent, views

urlpatterns = [
    path("f/<slug:address>", views.show, name="form"),
    path("f/<slug:address>/embed.js", embed.script, name="form_script"),
    path("f/<slug:address>/sent/<str:receipt>", sent.show, name="form_sent"),
]
