"""Does a public reply show what belongs to one person only?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from heard.checks.cards import cards
from heard.checks.draft import Draft
from heard.checks.emails import emails
from heard.checks.finding import N_, Finding
from heard.checks.ibans import ibans
from heard.checks.links import Span, link_spans, overlaps
from heard.checks.phones import phones

# In this order: what a later search finds inside of an earlier one is not found twice.
_SEARCHES: Final[tuple[tuple[str, str, Callable[[str], Iterator[Span]]], ...]] = (
    ("personal.email", N_("Everyone will see the e-mail address %(found)s."), emails),
    ("personal.iban", N_("Everyone will see the bank account %(found)s."), ibans),
    ("personal.card", N_("Everyone will see the card number %(found)s."), cards),
    ("personal.phone", N_("Everyone will see the phone number %(found)s."), phones),
)


def personal(draft: Draft) -> Iterator[Finding]:
    if not draft.public:
        return
    ours = {_plain(known) for known in draft.ours}
    taken = link_spans(draft.text)
    for code, reason, search in _SEARCHES:
        for start, end in search(draft.text):
            found = draft.text[start:end]
            if overlaps((start, end), taken):
                continue
            taken.append((start, end))
            if _plain(found) not in ours:
                params = {"found": found}
                yield Finding("personal", code, reason, start, end, overridable=True, params=params)


def _plain(text: str) -> str:
    """Without the ways in which the same number may be written."""
    return "".join(character for character in text.casefold() if character.isalnum() or character in "@+")
