from __future__ import annotations

from django.urls import path

from heard.portal.same import views

urlpatterns = [path("same/<str:signed>", views.same, name="same_person")]
