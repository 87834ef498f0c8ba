"""Places that people send."""

from __future__ import annotations

from typing import Any


def on_a_map(latitude: Any, longitude: Any) -> str:
    """A web address that shows the place; "" for what is none."""
    for degrees, most in ((latitude, 90), (longitude, 180)):
        if isinstance(degrees, bool) or not isinstance(degrees, int | float) or abs(degrees) > most:
            return ""
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"
