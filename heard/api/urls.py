"""Where the API lives. Included at the root: `path("", include("heard.api.urls"))`."""

from __future__ import annotations

from django.urls import re_path

from heard.api.door import door, nowhere
from heard.api.later import Later

urlpatterns = [
    Later("api/v1/", "heard.api.api", app="ninja", space="api"),
    re_path(r"^api(?:/|$)", door(nowhere)),
]
