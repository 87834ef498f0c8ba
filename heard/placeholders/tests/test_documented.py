from __future__ import annotations

import re
from pathlib import Path

from heard.placeholders.known import PLACEHOLDERS

PAGE = Path(__file__).parents[3] / "docs/saved-replies.md"


def test_every_placeholder_stands_in_the_docs_with_its_mark() -> None:
    rows = re.findall(r"^\| `\{([a-z_.]+)\}`( \*)? \|.*\|.*\|$", PAGE.read_text(), re.MULTILINE)
    listed = {name: bool(star) for name, star in rows if name in PLACEHOLDERS}
    assert listed == {name: one.personal for name, one in PLACEHOLDERS.items()}
