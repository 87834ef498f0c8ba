"""Numbers of parcels in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.links import Span
from heard.checks.named import Token, beside, called, tokens

_THINGS: Final = (
    r"parcels?|packages?|shipments?|consignment|tracking|trace|waybill|awb|"
    r"zasilk\w{1,3}|zasilek|balik\w{0,3}|balic\w{1,3}|sledovac\w{1,3}|podac\w{1,3}|"
    r"posiljk\w{1,2}|posiljke|paket\w{0,2}|sledenj\w{1,2}|sledil\w{1,3}|"
    r"csomag\w{0,8}|kuldemeny\w{0,6}|nyomkovet\w{0,8}|fuvarlev\w{0,4}|"
    r"δεμα\w{0,4}|αποστολ\w{1,3}|εντοπισμ\w{1,3}|συστημεν\w{1,3}|φορτωτικ\w{1,3}"
)
_CALLED: Final = called(_THINGS)
_BESIDE: Final = beside(_THINGS)
_BEHIND: Final = re.compile(
    r"\.?(?:-\w{1,4})?\s(?:\w{0,12}szamu|sz\.|azonositoju)\s\w{0,10}(?:csomag|kuldemeny)|\s(?:parcel|"
    r"package|balik|paket)\w{0,3}\b"
)
_CODE: Final = re.compile(
    r"\b(?:csomag|kuldemeny|nyomkoveto|fuvarlevel)(?:szam|azonosito|kod)\w{0,4}\W{1,4}$"
)
_OWN_FORM: Final = re.compile(
    r"(?<![\w-])(?:(?P<s10>[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2})"  # the postal union's
    r"|1Z ?[0-9A-Z]{3} ?[0-9A-Z]{3} ?(?:[0-9A-Z]{2} ?){2}[0-9A-Z]{4} ?[0-9A-Z]{2}|1Z[0-9A-Z]{16}"
    r"|Z ?\d{3} ?\d{4} ?\d{3}|JJD\d{12,18}|JVGL\d{10,20}|[A-Z]{2}\d{10}[A-Z]|TBA\d{12})(?![\w-])"
)
_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)


def parcels(text: str) -> Iterator[Span]:
    for found in _OWN_FORM.finditer(text):
        if not found["s10"] or _is_s10(found["s10"].replace(" ", "")):
            yield found.span()
    for token in tokens(text):
        if _is_parcel(token):
            yield token.span


def _is_parcel(token: Token) -> bool:
    if token.digits >= 5 and (_CALLED.search(token.before) or _CODE.search(token.before)):
        return True
    if token.digits >= 5 and _BEHIND.match(token.after):
        return True
    return token.grows(8) and bool(_BESIDE.search(token.before))


def _is_s10(code: str) -> bool:
    left = 11 - sum(int(digit) * weight for digit, weight in zip(code[2:10], _WEIGHTS, strict=True)) % 11
    return int(code[10]) == {10: 0, 11: 5}.get(left, left)
