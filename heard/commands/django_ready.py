"""Django, for the commands that need it. It takes a second to load, so it is loaded late."""

from __future__ import annotations

import os

from heard.env import env
from heard.language.detect import keep_models_in


def make_ready() -> None:
    """Load the settings and every app."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    import django

    django.setup()
    keep_models_in(env().data / "models")
