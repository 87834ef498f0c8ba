from __future__ import annotations

from django.urls import path

from heard.web.abilities import views

urlpatterns = [
    path("settings/networks", views.show, name="abilities"),
    path("settings/inboxes/<int:inbox_id>/abilities", views.of_inbox, name="inbox_abilities"),
]
