"""Does a public reply show what belongs to one person only?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from heard.checks.accounts import accounts
from heard.checks.addresses import addresses
from heard.checks.births import births
from heard.checks.cards import cards
from heard.checks.documents import documents, passports, passwords
from heard.checks.draft import Draft
from heard.checks.emails import emails
from heard.checks.finding import N_, Finding
from heard.checks.ibans import ibans
from heard.checks.last_time import last_times
from heard.checks.links import Span, Taken, link_spans
from heard.checks.orders import orders
from heard.checks.parcels import parcels
from heard.checks.phones import phones
from heard.checks.private_links import private_links
from heard.checks.tickets import tickets
from heard.checks.vouchers import vouchers

Search = Callable[[Draft], Iterator[Span]]


def _of_text(search: Callable[[str], Iterator[Span]]) -> Search:
    return lambda draft: search(draft.text)


# In this order: what a later search finds inside of an earlier one is not found twice.
_SEARCHES: Final[tuple[tuple[str, str, Search], ...]] = (
    ("personal.email", N_("Everyone will see the e-mail address %(found)s."), _of_text(emails)),
    ("personal.iban", N_("Everyone will see the bank account %(found)s."), _of_text(ibans)),
    ("personal.iban", N_("Everyone will see the bank account %(found)s."), _of_text(accounts)),
    ("personal.card", N_("Everyone will see the card number %(found)s."), _of_text(cards)),
    ("personal.ticket", N_("Everyone will see the ticket number %(found)s."), _of_text(tickets)),
    ("personal.voucher", N_("Everyone will see the voucher code %(found)s."), vouchers),
    ("personal.birth", N_("Everyone will see the date of birth %(found)s."), _of_text(births)),
    ("personal.password", N_("Everyone will see the password %(found)s."), _of_text(passwords)),
    ("personal.document", N_("Everyone will see the number of a document, %(found)s."), _of_text(passports)),
    ("personal.id", N_("Everyone will see the personal number %(found)s."), _of_text(documents)),
    ("personal.parcel", N_("Everyone will see the parcel number %(found)s."), _of_text(parcels)),
    ("personal.order", N_("Everyone will see the order number %(found)s."), orders),
    ("personal.phone", N_("Everyone will see the phone number %(found)s."), _of_text(phones)),
    ("personal.address", N_("Everyone will see the address %(found)s."), _of_text(addresses)),
    (
        "personal.last_time",
        N_("Everyone will see that this customer had a case before."),
        _of_text(last_times),
    ),
)
_LINK: Final = N_("Everyone will see a link that is meant for one person: %(found)s")


def personal(draft: Draft) -> Iterator[Finding]:
    if not draft.public:
        return
    ours = frozenset(filter(None, map(_plain, draft.ours)))
    for span in private_links(draft):
        if not _is_ours(draft.text[slice(*span)], ours):
            yield _finding(draft, "personal.link", _LINK, span)
    taken = Taken(draft.text, link_spans(draft.text))
    for code, reason, search in _SEARCHES:
        for span in search(draft):
            if taken.take(span) and not _is_ours(draft.text[slice(*span)], ours):
                yield _finding(draft, code, reason, span)


def _finding(draft: Draft, code: str, reason: str, span: Span) -> Finding:
    params = {"found": draft.text[slice(*span)]}
    return Finding("personal", code, reason, *span, overridable=True, params=params)


def _is_ours(found: str, ours: frozenset[str]) -> bool:
    """An address may be written with more or less around it than the company wrote it down with."""
    plain = _plain(found)
    if plain in ours:
        return True
    return any(known in plain or plain in known for known in ours if min(len(known), len(plain)) >= _TELLING)


_TELLING: Final = 12  # letters and digits that two writings must share to be the same thing


def _plain(text: str) -> str:
    """Without the ways in which the same number may be written."""
    return "".join(character for character in text.casefold() if character.isalnum() or character in "@+")
