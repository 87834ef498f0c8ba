from __future__ import annotations

from django.urls import path

from heard.web.replies import macros

urlpatterns = [
    path("replies/macros", macros.show, name="macros"),
    path("replies/macros/new", macros.new, name="macro_new"),
    path("replies/macros/<int:macro_id>", macros.macro, name="macro"),
    path("replies/macros/<int:macro_id>/remove", macros.remove, name="macro_remove"),
]
