from __future__ import annotations

import re

from heard.web.assets import STATIC
from heard.web.icons import NAMES, SPRITE, sprite


def test_the_sprite_holds_what_the_packages_draw() -> None:
    assert SPRITE.read_text() == sprite(), "run: python -m heard.web.icons"


def test_every_icon_that_a_page_shows_is_in_the_sprite() -> None:
    shown: set[str] = set()
    for page in STATIC.parent.rglob("*.html"):
        shown.update(re.findall(r"""icon\(\s*["']([a-z0-9-]+)["']""", page.read_text()))

    assert shown - set(NAMES) == set()
