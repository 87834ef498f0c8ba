"""Numbers of orders, invoices, bookings and customers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from heard.checks.draft import Draft
from heard.checks.links import Span
from heard.checks.named import IS, Token, beside, called, tokens
from heard.checks.regex import regex

_ORDER: Final = (
    r"orders?|invoices?|bookings?|reservations?|purchase|rma|receipt|claim|"
    r"objednav\w{1,4}|obj|faktur\w{0,3}|rezervac\w{0,3}|reklamac\w{0,3}|doklad\w{0,2}|"
    r"narocil\w{1,3}|racun\w{0,3}|rezervacij\w{1,2}|reklamacij\w{1,2}|"
    r"(?:meg)?rendeles\w{0,8}|szaml\w{1,6}|foglalas\w{0,6}|"
    r"παραγγελι\w{1,3}|τιμολογι\w{1,3}|κρατησ\w{1,4}"
)
_HOLDER: Final = (
    r"customer|client|account|membership|member|contract|policy|subscription|loyalty card|"
    r"zakaznick\w{1,3}|zakaznik|klient|klientsk\w{1,3}|zakaznika|smlouv\w{1,2}|pojistk\w{1,2}|pojistn\w{1,2}|"
    r"strank\w{1,2}|kup(?:ca|cev\w{0,2})|pogodb\w{1,2}|police|"
    r"ugyfel\w{0,4}|vasarlo\w{0,4}|szerzodes\w{0,4}|kotveny\w{0,3}|"
    r"πελατ\w{1,3}|συμβολαι\w{1,3}|λογαριασμου"
)
_CALLED: Final = called(_ORDER)
_OF_HOLDER: Final = regex(
    rf"\b(?:{_HOLDER})\W{{1,3}}(?:(?:με|s|z|with)\W{{1,2}})?(?:number|no|nr|id|cisl\w{{1,3}}|c|stevilk\w{{1,2}}|st|szam\w{{0,4}}|"
    rf"αριθμ\w{{1,3}})\.?{IS}\W{{0,4}}(?:[a-z]{{1,2}}[ -])?$"
    rf"|\b(?:number|cisl\w{{1,3}}|stevilk\w{{1,2}}|αριθμ\w{{1,3}}|"
    rf"κωδικ\w{{1,3}})\W{{1,3}}(?:{_HOLDER})(?:\W{{1,3}}\w{{1,4}})?{IS}\W{{0,4}}$"
    rf"|\b(?:rendeles|megrendeles|szamla|foglalas|ugyfel|vasarlo|szerzodes)(?:szam|azonosito|"
    rf"kod)\w{{0,4}}{IS}\W{{0,4}}$"
    r"|\b(?:variabiln\w{1,3} symbol\w{0,3}|vs|reference|referenc\w{1,3}|"
    r"sklic)(?:\W{1,3}number)?(?:\W{1,3}(?:is|je))?\W{1,4}$"
)
_BESIDE: Final = beside(_ORDER)
# Six letters and digits, as airlines and hotels give them.
_BOOKED: Final = (
    r"bookings?|reservations?|pnr|rezervac\w{0,3}|rezervacij\w{1,2}|foglalas\w{0,6}|κρατησ\w{1,4}|itinerary|"
    r"letenk\w{1,2}"
)
_BOOKING: Final = regex(
    rf"\b(?:{_BOOKED})(?:\W{{1,3}}(?:ref|reference|code|no|number|kod\w{{0,3}}|cislo|stevilka|szama|αριθμος|"
    rf"κωδικος)\.?)?\W{{1,4}}$"
)
# Letters and digits in turn: no model is called so.
_RANDOM: Final = regex(r"(?=[A-Z0-9]{6,12}$)(?:[A-Z]+\d+){2,5}[A-Z]*|(?:\d+[A-Z]+){2,5}\d*(?<=\w{6})")
_RE: Final = regex(r"(?:#|№|\bre:?|\bad:?|\bve[ec] veci:?)\s*[#№]?\s*$")
_LOCATOR: Final = regex(r"(?=[A-Z]{0,7}\d)(?=\d{0,7}[A-Z])[A-Z0-9]{5,8}")
_BOOKED_BEHIND: Final = regex(rf"(?:-\w{{1,4}})?\s(?:{_BOOKED})\b")
_BEHIND: Final = regex(
    r"\.?(?:-?\w{1,4})?\s(?:\w{0,12}szamu|sz\.|azonositoju)\s\w{0,3}(?:rendeles|szaml|foglalas|reklamacio|"
    r"szerzodes|ugyfel|kotveny)"
    r"|(?:-\w{1,4})?\s(?:ugyfel|vasarlo|szerzodes)(?:szam|azonosito)\w{0,5}\b|(?:-\w{1,4})?\s(?:rendeles|megrendeles|szaml[aá]|foglalas|reklamacio)\w{0,8}\b"
)
_SAID_LATER: Final = regex(rf"\b(?:{_ORDER})\b")
_SHORT: Final = regex(r"[A-Z]{2,5}[-/]\d{4,}")
# "You can order XR-5000 here": a verb, and a model.
_VERB: Final = regex(r"\b(?:to|can|could|may|please|will|and|or|re)\W{1,3}(?:\w{1,8}\W{1,3})?orders?\W{1,3}$")
_DOTTED: Final = regex(r"\d{2,4}(?:\.\d{1,4}){2,4}")
_LONE: Final = regex(r"[A-ZΑ-Ω]{0,5}[-/]?\d[\d /-]{4,}(?:[A-Z]{1,3})?", re.IGNORECASE)
_MOST_PATTERNS: Final = 20


def orders(draft: Draft) -> Iterator[Span]:
    for pattern in compiled(tuple(draft.order_patterns)):
        yield from (found.span() for found in pattern.finditer(draft.text) if found.group().strip())
    for token in tokens(draft.text):
        if _is_order(token):
            yield token.span


def _is_order(token: Token) -> bool:
    if _LOCATOR.fullmatch(token.text) and (
        _BOOKING.search(token.before) or _BOOKED_BEHIND.match(token.after)
    ):
        return True
    if token.digits >= 3 and (_CALLED.search(token.before) or _OF_HOLDER.search(token.before)):
        return True
    if _RANDOM.fullmatch(token.text) and _BESIDE.search(token.before):
        return True
    if token.digits < 4:
        return False
    if _BEHIND.match(token.after) or (
        _RE.search(token.before) is not None and _SAID_LATER.search(token.after)
    ):
        return True
    if _SHORT.fullmatch(token.text) or (_DOTTED.fullmatch(token.text) and token.digits > 6):
        return _BESIDE.search(token.before) is not None and not _VERB.search(token.before)
    return token.grows(5) and _LONE.fullmatch(token.text) is not None and bool(_BESIDE.search(token.before))


@lru_cache(maxsize=64)
def compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """They were tried before they were kept. One that is broken all the same must not stop every reply."""
    good = []
    for pattern in patterns[:_MOST_PATTERNS]:
        try:
            good.append(re.compile(pattern))
        except (re.error, OverflowError, RecursionError):
            continue
    return tuple(good)
