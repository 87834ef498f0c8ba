"""Static files as they are served: by hashed names, compressed, and the pages' style sheets joined to one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

STATIC: Final = Path(__file__).parent / "static"
# The order of the layers is said once, at the head of the first.
LAYERS: Final = ("reset.css", "tokens.css", "base.css")
STYLES: Final = "css/heard.css"


class Joined(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """There is a file for each part of a page, and a browser that asks for fifty of them shows the first page later."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if not dry_run:
            Path(self.path(STYLES)).write_text("\n".join(sheet.read_text() for sheet in style_sheets()))
            paths[STYLES] = (self, STYLES)
        yield from super().post_process(paths, dry_run, **options)


def style_sheets() -> list[Path]:
    styles = STATIC / "css"
    parts = [*styles.glob("components/*.css"), *styles.glob("screens/*.css")]
    return [*(styles / layer for layer in LAYERS), *sorted(parts)]
