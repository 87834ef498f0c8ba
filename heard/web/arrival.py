"""When a request came. Many wait for a thread: what is read meanwhile is new enough for them."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

ARRIVED = "heard.arrived"  # in the ASGI scope, where the front writes it


def arrived(request: HttpRequest) -> float:
    """By the monotonic clock. Now, where no front of ours is before the pages."""
    scope: dict[str, Any] = request.META.get("asgi.scope", {})
    return float(scope.get(ARRIVED) or time.monotonic())
