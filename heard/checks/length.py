"""Does the text fit, counted as the network counts?"""

from __future__ import annotations

from collections.abc import Iterator

from heard.channels.contract import Count
from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.language.lengths import length as length_of


def length(draft: Draft) -> Iterator[Finding]:
    """Raises CannotCount for a way of counting that nobody has taught Heard yet."""
    if draft.limit is None:
        return
    long = length_of(draft.text, draft.counts)
    if long <= draft.limit:
        return
    if draft.counts is Count.UTF8_BYTES:
        reason = N_("The text is %(over)s bytes too long, %(limit)s fit.")
    else:
        reason = N_("The text is %(over)s characters too long, %(limit)s fit.")
    yield Finding(
        "length",
        "length.over",
        reason,
        _first_over(draft.text, draft.counts, draft.limit),
        len(draft.text),
        overridable=False,
        params={"over": long - draft.limit, "limit": draft.limit, "length": long},
    )


def _first_over(text: str, counts: Count, limit: int) -> int:
    """Where the text would have to end. Never in the middle of a character."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = length_of(text[:middle], counts) <= limit
        low, high = (middle, high) if fits else (low, middle - 1)
    return low
