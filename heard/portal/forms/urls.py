from __future__ import annotations

from django.urls import path

from heard.portal.forms import embed, sent, views

urlpatterns = [
    path("f/<str:address>", views.show, name="form"),
    path("f/<str:address>/embed.js", embed.script, name="form_script"),
    path("f/<str:address>/sent/<str:receipt>", sent.show, name="form_sent"),
]
