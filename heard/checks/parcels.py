"""Numbers of parcels in a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.checks.links import Span
from heard.checks.named import Token, beside, called, tokens
from heard.checks.regex import regex

_THINGS: Final = (
    r"parcels?|packages?|shipments?|consignment|tracking|trace|waybill|awb|"
    r"zasilk\w{1,3}|zasilek|balik\w{0,3}|balic\w{1,3}|sledovac\w{1,3}|podac\w{1,3}|"
    r"posiljk\w{1,2}|posiljke|paket\w{0,2}|sledenj\w{1,2}|sledil\w{1,3}|"
    r"csomag\w{0,8}|kuldemeny\w{0,6}|nyomkovet\w{0,8}|fuvarlev\w{0,4}|"
    r"δεμα\w{0,4}|αποστολ\w{1,3}|εντοπισμ\w{1,3}|συστημεν\w{1,3}|φορτωτικ\w{1,3}"
)
_CALLED: Final = called(_THINGS)
_BESIDE: Final = beside(_THINGS)
_BEHIND: Final = regex(
    r"\.?(?:-\w{1,4})?\s(?:\w{0,12}szamu|sz\.|azonositoju)\s\w{0,10}(?:csomag|kuldemeny)|\s(?:csomag|kuldemeny|parcel|"
    r"package|balik|paket|zasilk|posiljk)\w{0,4}\b"
)
_CARRIERS: Final = beside(
    r"gls|dpd|ppl|dhl|ups|fedex|tnt|hermes|evri|packet[ayu]|zasilkovn\w{1,2}|balikovn\w{1,2}|in ?time|wedo|foxpost|"
    r"mpl|magyar posta\w{0,4}|acs|elta|ελτα|speedex|γενικη ταχυδρομικη|box ?now|cesk\w{1,2} post\w{1,3}|"
    r"post[ae] slovenije|royal mail|parcelforce|sameday|express one|inpost",
    between=6,
)
_CODE: Final = regex(r"\b(?:csomag|kuldemeny|nyomkoveto|fuvarlevel)(?:szam|azonosito|kod)\w{0,4}\W{1,4}$")
_OWN_FORM: Final = regex(
    r"(?<![\w-])(?:(?:[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2})"  # the postal union's
    r"|1Z ?[0-9A-Z]{3} ?[0-9A-Z]{3} ?(?:[0-9A-Z]{2} ?){2}[0-9A-Z]{4} ?[0-9A-Z]{2}|1Z[0-9A-Z]{16}"
    r"|Z ?\d{3} ?\d{4} ?\d{3}|J?JD\d{14,20}|JVGL\d{10,20}|[A-Z]{2}\d{10}[A-Z]|CLFOX\d{6,18}|PNBM\d{10,18}|"
    r"TBA\d{12})(?![\w-])"
)
_ABROAD: Final = regex(r"\+\s?\(?$")


def parcels(text: str) -> Iterator[Span]:
    for found in _OWN_FORM.finditer(text):
        yield found.span()
    for token in tokens(text):
        if _is_parcel(token):
            yield token.span


def _is_parcel(token: Token) -> bool:
    if token.digits >= 5 and (_CALLED.search(token.before) or _CODE.search(token.before)):
        return True
    if token.digits >= 5 and _BEHIND.match(token.after):
        return True
    if not token.grows(8):
        return False
    if _CARRIERS.search(token.before):
        return not (_ABROAD.search(token.before) or token.text.startswith("0"))
    return _BESIDE.search(token.before) is not None
