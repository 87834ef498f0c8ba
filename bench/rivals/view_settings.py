"""Heard's settings without any middleware, so that the view is as quick as a Django view can be."""

from heard import settings
from heard.settings import *  # noqa: F403

MIDDLEWARE = []
INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if not app.startswith("allauth")]
ROOT_URLCONF = "bench.rivals.view"
