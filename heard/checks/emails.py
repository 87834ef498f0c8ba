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
# Written so that no machine finds it; every person does.
_AT: Final = r"(?: ?[(\[{] ?(?:at|zavináč|zavinac|afna|kukac|παπάκι|@) ?[)\]}] ?| @ ?|@ )"
_DISGUISED: Final = re.compile(
    rf"(?<![\w@.+%/-])\w[\w.+-]{{0,63}}{_AT}\w[\w-]{{0,62}}(?:(?:\.| ?[(\[] ?(?:dot|tečka|pika|pont|"
    rf"τελεία) ?[)\]] ?)\w[\w-]{{1,62}}){{1,4}}",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Span]:
    for pattern in (_EMAIL, _DISGUISED):
        for found in pattern.finditer(text):
            yield found.span()
