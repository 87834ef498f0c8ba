"""Scripts of a page, by their hashed addresses. There is no build step."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"


@cache
def importmap() -> Markup:
    """So that a script imports another as `heard/name`, whatever its hash."""
    scripts = sorted(file.name for file in (STATIC / "js").glob("*.js"))
    modules = {f"heard/{Path(name).stem}": static(f"js/{name}") for name in scripts}
    return Markup(json.dumps({"imports": modules}))
