from __future__ import annotations

from django.urls import path

from heard.portal.safe import views

urlpatterns = [path("s/<str:key>", views.form, name="safe_form")]
