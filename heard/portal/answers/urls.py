from __future__ import annotations

from django.urls import path

from heard.portal.answers import views

urlpatterns = [
    path("answers/<slug:slug>", views.show, name="gallery"),
    path("answers/<slug:slug>/saved-replies.json", views.download, name="gallery_file"),
]
