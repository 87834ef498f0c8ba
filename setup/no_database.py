"""The settings for commands that only look at models and would wait for a database in vain."""

from __future__ import annotations

from heard.settings import *  # noqa: F403

DATABASES = {}
