from __future__ import annotations

from django.urls import path

from heard.web.ledger import views

urlpatterns = [path("ledger", views.show, name="ledger")]
