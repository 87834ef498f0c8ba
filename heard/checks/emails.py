"""E-mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.links import Span

# Not after another @: that is a handle of a social network, like @ana@example.social.
_EMAIL: Final = re.compile(
    r"(?<![\w@.+%/-])\w[\w.+%-]{0,63}@(?:\w[\w-]{0,62}\.){1,8}[^\W\d_]{2,24}(?![\w@-])"
)


def emails(text: str) -> Iterator[Span]:
    for found in _EMAIL.finditer(text):
        yield found.span()
