from __future__ import annotations

from django.urls import path

from heard.mail_hooks import views

urlpatterns = [
    path("mail-hooks/<slug:carrier>/<str:key>", views.take, name="mail_hook"),
    path("mail-hooks/<slug:carrier>/<str:key>/mime", views.take, name="mail_hook_mime"),
]
