"""Words that the workspace does not want, and those that it would rather not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding, Weight
from heard.checks.links import Taken, link_spans
from heard.checks.phrase import Phrase
from heard.language.plain import plain

_LONGEST: Final = 200  # characters of one phrase
_MOST: Final = 1_000


def phrases(draft: Draft) -> Iterator[Finding]:
    text = draft.text
    flat, taken = plain(text), Taken(text, link_spans(text))
    yield from _found(text, flat, taken, draft.forbidden, "phrase.forbidden", "stop")
    yield from _found(text, flat, taken, draft.discouraged, "phrase.discouraged", "hint")


def _found(
    text: str, flat: str, taken: Taken, unwanted: Iterable[Phrase], code: str, weight: Weight
) -> Iterator[Finding]:
    for phrase in list(unwanted)[:_MOST]:
        for found in pattern_of(phrase.text).finditer(flat):
            if not taken.take(found.span()):
                continue
            written = text[slice(*found.span())]
            params = {"found": written, "why": phrase.reason}
            mend = as_written(phrase.instead, written) if phrase.instead else None
            yield Finding("phrases", code, _reason(phrase, weight), *found.span(), True, mend, params, weight)


def _reason(phrase: Phrase, weight: Weight) -> str:
    if phrase.reason:
        return N_("“%(found)s”: %(why)s")
    if weight == "stop":
        return N_("“%(found)s” is not to be used here.")
    return N_("“%(found)s” can be said in a better way.")


@lru_cache(maxsize=4_096)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """Whole words only, and any ending where there is a star."""
    words = plain(phrase.strip()[:_LONGEST]).split()
    if not any(word.strip("*") for word in words):
        return re.compile(r"(?!)")
    text = r"\s{1,9}".join(r"\w{0,20}".join(map(re.escape, word.split("*"))) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() or words[-1][-1] == "*" else ""
    return re.compile(before + text + after)


def as_written(instead: str, written: str) -> str:
    return instead[:1].upper() + instead[1:] if written[:1].isupper() else instead
