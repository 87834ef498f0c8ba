from __future__ import annotations

from django.urls import path

from heard.portal.tickets import asking, views

urlpatterns = [
    path("", asking.ask, name="status_ask"),
    path("/open/<str:secret>", asking.open_with_pass, name="status_pass"),
    path("/<str:public>", asking.ask, name="status_ask_for"),
    path("/<str:public>/<str:status_key>", views.show, name="status"),
    path("/<str:public>/<str:status_key>/write", views.write, name="status_write"),
    path("/<str:public>/<str:status_key>/solved", views.solved, name="status_solved"),
]
