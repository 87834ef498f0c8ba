"""Style sheets and scripts of a page, by their hashed addresses. There is no build step."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"
# The order of the layers is said once, at the head of reset.css.
LAYERS = ("css/reset.css", "css/tokens.css", "css/base.css")


@cache
def stylesheets() -> tuple[str, ...]:
    parts = [*_files("css/components", ".css"), *_files("css/screens", ".css")]
    return tuple(static(path) for path in (*LAYERS, *parts))


@cache
def importmap() -> Markup:
    """So that a script imports another as `heard/name`, whatever its hash."""
    modules = {f"heard/{Path(path).stem}": static(path) for path in _files("js", ".js")}
    return Markup(json.dumps({"imports": modules}))


def _files(folder: str, ending: str) -> list[str]:
    return sorted(f"{folder}/{file.name}" for file in (STATIC / folder).glob(f"*{ending}"))
