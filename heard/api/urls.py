"""Where the API lives. Included at the root: `path("", include("heard.api.urls"))`."""

from __future__ import annotations

from django.urls import path, re_path

from heard.api.api import api
from heard.api.door import door, nowhere

urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api(?:/|$)", door(nowhere)),
]
