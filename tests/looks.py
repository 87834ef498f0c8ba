"""Is a page fit to be seen? By axe, by its width, and by what the browser complained of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Where to leave screenshots for a person to look at; none are taken without it.
SHOTS = os.environ.get("HEARD_SHOTS_FOLDER") or os.environ.get("SHOTS")

# Without the first, axe describes every part of the page that is right, which takes longer than finding what is wrong;
# without the second it fetches style sheets and films once more, for rules about what no page of ours has.
ASKED = {"resultTypes": ["violations"], "preload": False}
AXE, AXE_AGAIN = Axe(), Axe(axe_script="")

COME_TO_REST = """() => new Promise((told) => {
  const look = () => (document.getAnimations().length ? requestAnimationFrame(look) : told());
  requestAnimationFrame(look);
})"""


def fit(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands; an empty list is good."""
    return [*_found(page, name), *in_width(page, name)]


def fit_in_the_dark(page: Page, name: str) -> list[str]:
    """What darkness makes wrong with a page that was looked at in the light. It stays as it was."""
    page.emulate_media(color_scheme="dark")
    # A colour on its way to another is neither: axe would find it too faint.
    page.evaluate(COME_TO_REST)
    wrong = _found(page, f"{name}-dark", only="color-contrast")
    page.emulate_media(color_scheme="light")
    return wrong


def in_width(page: Page, name: str) -> list[str]:
    """Does the page need more room than there is?"""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    _shoot(page, f"{name}-width")
    return [f"{name}: {wider} px too wide"] if wider > 0 else []


def _found(page: Page, name: str, *, only: str = "") -> list[str]:
    _shoot(page, name)
    options: dict[str, object] = dict(ASKED)
    if only:
        options["runOnly"] = {"type": "rule", "values": [only]}
    axe = AXE_AGAIN if page.evaluate("'axe' in window") else AXE
    return [
        f"{name}: {violation['id']}: {', '.join(str(node['target']) for node in violation['nodes'])}"
        for violation in axe.run(page, options=options).response["violations"]
    ]


def _shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@contextmanager
def no_complaints(page: Page) -> Iterator[None]:
    """Fails when a script breaks or the content security policy stops something."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert not said, said
