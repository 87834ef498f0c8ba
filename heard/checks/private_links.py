"""Addresses on the web that show what belongs to one person: a ticket, a parcel, an order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.links import Span, link_spans
from heard.checks.regex import regex

_TRACKS: Final = regex(
    r"track|trace|sledov|sleden|sledi|nyomk|nyomon|csomag|parcel|shipment|zasilk|balik|posiljk|paket|"
    r"packeta|"
    r"anazitisi|entopismo|consign|aftership|dpd\.|gls-|gls\.|ppl\.|dhl\.|ups\.com|fedex\.|posta\.|"
    r"balikovna|foxpost|"
    r"elta|acscourier|speedex|taxydromiki|boxnow|royalmail|evri\.|hermes|inpost|cargus|tnt\.|17track",
    re.IGNORECASE,
)
_NUMBER: Final = regex(r"(?=[A-Z0-9-]{0,30}\d(?:[A-Z-]{0,3}\d){5})[A-Z0-9-]{8,40}", re.IGNORECASE)
_KEY: Final = regex(
    r"[?&#;](?:\w{0,12}_)?(?:token|auth|signature|sig|key|secret|email|e-mail|mail|customer|"
    r"customer_id|order|order_?id|"
    r"order_?number|voucher|coupon|code|hash|invoice|session|pin)=(?=[^&\s]{0,200}[\d@])[^&\s]{5}",
    re.IGNORECASE,
)
_OWN_PAGE: Final = regex(
    r"/(?:orders?|objednavk[ay]|narocil[oa]|rendeles(?:ek)?|paraggelies?|invoices?|tickets?|"
    r"account/orders?|my-orders?)/"
    r"(?=[\w-]{0,40}\d)[\w-]{4,}",
    re.IGNORECASE,
)
_PAYS: Final = regex(
    r"(?://|\.)(?:pay|payments?|checkout|billing|invoices?|platba|placilo|fizetes)\.[^\s]{1,80}?[/=_](?=[\w-]{0,40}\d)[\w-]{8,}|"
    r"/(?:inv|pay|cs|ch)_\w{8,}",
    re.IGNORECASE,
)


def private_links(draft: Draft) -> Iterator[Span]:
    beginnings = tuple(_bare(one) for one in draft.private_links if _bare(one))
    for start, end in link_spans(draft.text):
        address = draft.text[start:end]
        if _bare(address).startswith(beginnings) or _is_private(address):
            yield start, end


def _is_private(address: str) -> bool:
    """Known by its form alone."""
    if _KEY.search(address) or _PAYS.search(address) or _OWN_PAGE.search(address):
        return True
    tracks = _TRACKS.search(address)
    return tracks is not None and _NUMBER.search(address, tracks.end()) is not None


def _bare(address: str) -> str:
    """However the beginning is typed."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip().lower())
