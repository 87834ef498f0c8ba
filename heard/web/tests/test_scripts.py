"""House rules of scripts and templates that no linter of ours knows."""

from __future__ import annotations

import re

from heard.web.assets import STATIC

WEB = STATIC.parent


def test_only_one_script_turns_text_into_elements() -> None:
    found = {
        script.name
        for script in (STATIC / "js").glob("*.js")
        if re.search(r"\.innerHTML|insertAdjacentHTML|outerHTML *=|document\.write", script.read_text())
    }

    assert found == {"patch.js"}


def test_no_page_has_handlers_or_styles_in_its_tags() -> None:
    for page in WEB.rglob("*.html"):
        assert not re.search(r"<[^>{]*\s(on[a-z]+|style|hx-on[:a-z-]*)=", page.read_text()), page


def test_no_page_trusts_what_it_shows() -> None:
    for page in WEB.rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", page.read_text()), page
