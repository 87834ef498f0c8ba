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

SCRIPT = Axe().axe_script + Path(__file__).with_name("looks.js").read_text()
# Without the first, axe describes every part of the page that is right, which takes longer than finding what is wrong;
# without the second it fetches style sheets and films once more, for rules about what no page of ours has.
ASKED = {"resultTypes": ["violations"], "preload": False}
CONTRAST = "color-contrast"
ALL_BUT_CONTRAST = {**ASKED, "rules": {CONTRAST: {"enabled": False}}}
ONLY_CONTRAST = {"preload": False, "runOnly": {"type": "rule", "values": [CONTRAST]}}

# Contrast is more than half of axe's work, and pages have most of their colours in common: what it found to be right
# on one page (a colour, a size and all grounds behind it) is right on the next one. See looks.js for what may be kept.
RIGHT: set[str] = set()


def fit(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands; an empty list is good."""
    _shoot(page, name)
    _bring_axe(page)
    ask = "async (options) => ({ wrong: await looks.wrong(options), names: looks.names() })"
    found = page.evaluate(ask, ALL_BUT_CONTRAST)
    return [
        *_as_told(name, found["wrong"]),
        *_too_faint(page, name, found["names"]),
        *in_width(page, name),
    ]


def fit_in_the_dark(page: Page, name: str) -> list[str]:
    """What darkness makes wrong with a page that was looked at in the light. It stays as it was."""
    page.emulate_media(color_scheme="dark")
    _bring_axe(page)
    names = page.evaluate("() => looks.rest().then(looks.names)")
    _shoot(page, f"{name}-dark")
    wrong = _too_faint(page, f"{name}-dark", names)
    page.emulate_media(color_scheme="light")
    return wrong


def in_width(page: Page, name: str) -> list[str]:
    """Does the page need more room than there is?"""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    _shoot(page, f"{name}-width")
    return [f"{name}: {wider} px too wide"] if wider > 0 else []


def _bring_axe(page: Page) -> None:
    if not page.evaluate("'looks' in window"):
        page.evaluate(SCRIPT)


def _too_faint(page: Page, name: str, texts: list[str]) -> list[str]:
    unknown = [text for text in texts if text not in RIGHT]
    if not unknown:
        return []
    found = page.evaluate("([names, options]) => looks.faint(names, options)", [unknown, ONLY_CONTRAST])
    wrong = _as_told(name, found["wrong"])
    if not wrong:
        RIGHT.update(found["right"])
    return wrong


def _as_told(name: str, violations: list[tuple[str, list[str]]]) -> list[str]:
    return [f"{name}: {rule}: {', '.join(targets)}" for rule, targets in violations]


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
