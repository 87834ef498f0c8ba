"""Is there anything to read at all?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding

_INVISIBLE: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Cn"})
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\ufe0f")


def empty(draft: Draft) -> Iterator[Finding]:
    if not draft.files and not any(_can_be_seen(character) for character in draft.text):
        reason = N_("There is nothing to send yet.")
        yield Finding("empty", "empty", reason, 0, len(draft.text), overridable=False)


def _can_be_seen(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE and character not in _BLANK_LETTERS
