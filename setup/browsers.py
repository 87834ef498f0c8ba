"""The browser that drives our pages in tests and takes pictures of them."""

from __future__ import annotations

import shutil

# The shell draws and behaves as the browser does, and takes less than half of its processor time: it has no windows.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")


def browser() -> str | None:
    """Return the path of the first of them that this machine has."""
    return next(filter(None, map(shutil.which, NAMES)), None)
