"""Phone numbers in a text, and nothing else that is made of digits.

A price, a date or an order number may be a valid phone number somewhere. So a number without its country
must be written as people of one of our countries write phone numbers, and nothing around it may say that
it counts, costs or names something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import phonenumbers

from heard.checks.links import Span
from heard.checks.regex import regex
from heard.language.plain import plain

# How numbers are written at home: the digits, and where gaps may be.
_AT_HOME: Final = {
    "CZ": regex(r"[2-7]\d{2}(?P<gap>[ \u00a0\u202f.-]?)\d{3}(?P=gap)\d{3}|[2-7]\d{2}[/-]\d{3} ?\d{3}"),
    "GR": regex(r"\(?(?:69|2[1-8])\d?(?:[ \u00a0\u202f./)-]*\d){7,8}"),
    "GB": regex(r"\(?0(?:2\d|1\d{2,4}|7\d{3})\)?[ \u00a0-]?\d{3,4}[ \u00a0-]?\d{3,4}"),
    "HU": regex(r"\(?06(?:[ \u00a0\u202f/().-]*\d){8,9}"),
    "SI": regex(r"\(?0[1-7](?:[ \u00a0\u202f/().-]*\d){7}"),
    "SK": regex(r"\(?0[2-59](?:[ \u00a0\u202f/().-]*\d){7,8}"),
    "IE": regex(r"\(?0[1-9]\d?\)?[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{3,4}"),
    "CY": regex(r"(?:2[2-6]|9[4-79])[ \u00a0.-]?\d{3}[ .-]?\d{3}"),
}
_ABROAD: Final = ("+", "\uff0b", "00", "(+", "(00")

_MONEY: Final = r"(?:€|\$|£|Kč|CZK|EUR|USD|GBP|Ft|HUF|Eur\b|eur\b|ευρώ|evro|forint|korun|%|‰)"
_COSTS_AFTER: Final = regex(rf"\s?(?:{_MONEY}|,-|,–)")
_COSTS_BEFORE: Final = regex(rf"{_MONEY}\s?$")
_THINGS: Final = (
    r"order|invoice|ticket|case|tracking|reference|ref|parcel|code|id|rma"
    r"|objednávk\w*|obj|faktur\w*|zásilk\w*|balík\w*|kód\w*"
    r"|naročil\w*|račun\w*|pošiljk\w*|paket\w*|kod\w*"
    r"|rendelés\w*|számla\w*|csomag\w*|azonosító\w*"
    r"|παραγγελί\w*|τιμολόγι\w*|δέμα\w*|δέματ\w*|κωδικ\w*"
)
_NUMBER: Final = r"number|no|nr|č|čísl\w*|št|številk\w*|szám\w*|sz|αρ|αριθμ\w*"
_NAMES_SOMETHING: Final = regex(
    rf"(?:[#№]|\b(?:no|nr|č|št|sz|αρ)\.|\b(?:{_THINGS})(?:\W+(?:{_NUMBER}))?)[\s.:#°№-]*$", re.IGNORECASE
)
_CALLS: Final = regex(
    r"\b(?:tel|phoned?|call|called|rang|volal\w*|zavolal\w*|klical\w*|poklical\w*|hívt\w*|καλέσαμε|κάλεσε|"
    r"mobile?|mobitel\w*|telefon\w*|gsm|\w*volejte|pokličite|hívj\w*|τηλ\w*|κιν\w*|καλέστε)"
    r"\W*(?:\w{1,12}\W+){0,2}$",
    re.IGNORECASE,
)
# Numbers under which companies are registered look like those of telephones.
_REGISTERED: Final = regex(
    r"\b(?:αφμ|αρ\. μητρωου|γεμη|ico|dic|vat|company (?:no|number)|registration|adoszam\w{0,4}|cegjegyzekszam\w{0,2}|"
    r"davcn\w{1,2}|maticn\w{1,2}|ean|gtin|isbn|imei|s/n)\b[^!?;\n]{0,35}$"
)
_GOES_ON_BEFORE: Final = regex(r"(?:\w|\d[.,/:]|[-/])$")
_GOES_ON_AFTER: Final = regex(r"[\w/-]|[.,:]\d")
_DIGITS: Final = regex(r"[(+\uff0b]{0,2}\d(?:[^\w%€$£\n]{0,4}\d){6,17}")
# Also one that nobody has been given yet: what is written like this is meant as a number.
_WITH_COUNTRY: Final = regex(r"(?<![\w+,.-])\+[1-9](?:[ \u00a0\u202f./()-]{0,2}\d){8,14}(?![\w/-]|[.,:]\d)")
# How mobile numbers are written where the library asks for more than people write.
_MOBILE: Final = regex(
    r"09[1-9][ ./-]?\d{3}[ .-]?\d{3,4}|(?:20|30|31|50|70)[/-]\d{3}[ -]?\d{2}[ -]?\d{2}|07\d{3} ?\d{3} ?\d{3}"
    r"|(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-.])\d{3}[-.]\d{4}"
)
_MOST: Final = 100  # groups of digits in one text
_BEFORE: Final = 40  # characters that are looked at for words


def phones(text: str) -> Iterator[Span]:
    found: dict[Span, None] = {}
    for region, start, end in _candidates(text):
        for match in phonenumbers.PhoneNumberMatcher(text[start:end], region):
            span = _without_brackets(text, start + match.start, start + match.end)
            if span not in found and _is_phone(text, span, region):
                found[span] = None
    for written in _MOBILE.finditer(text):
        if _stands_alone(text, *written.span()):
            found[written.span()] = None
    for abroad in _WITH_COUNTRY.finditer(text):
        if 9 <= sum(map(str.isdigit, abroad.group())) <= 15 and not _COSTS_AFTER.match(text, abroad.end()):
            found[abroad.span()] = None
    yield from _longest(sorted(found))


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    """Only where enough digits stand together: the library reads slowly, and once for each country."""
    for found in islice(_DIGITS.finditer(text), _MOST):
        for region in _AT_HOME:
            yield region, max(0, found.start() - 1), found.end() + 1


def _without_brackets(text: str, start: int, end: int) -> Span:
    """Brackets around a number are the sentence's, brackets around its first digits are its own."""
    if text[start] == "(" and ")" not in text[start : end - 1]:
        return start + 1, end - (text[end - 1] == ")")
    return start, end


def _is_phone(text: str, span: Span, region: str) -> bool:
    start, end = span
    written = text[start:end]
    if written.startswith(_ABROAD):
        return True
    called = _CALLS.search(text[max(0, start - _BEFORE) : start])
    if not (called or _AT_HOME[region].fullmatch(written)) or re.sub(r"\D", "", written).endswith("000"):
        return False
    return _stands_alone(text, start, end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing around it says that it is something else."""
    if _COSTS_AFTER.match(text, end) or _joined(text, start, end):
        return False
    before = text[max(0, start - _BEFORE) : start]
    if _CALLS.search(before):
        return True
    if _REGISTERED.search(plain(before)):
        return False
    return not (_COSTS_BEFORE.search(before) or _NAMES_SOMETHING.search(before))


def _joined(text: str, start: int, end: int) -> bool:
    """Whether it is only a part of something longer, such as a decimal number or a code."""
    return bool(_GOES_ON_BEFORE.search(text, 0, start) or _GOES_ON_AFTER.match(text, end))


def _longest(spans: list[Span]) -> Iterator[Span]:
    """Two countries may see the same digits, one of them more of them."""
    for span in spans:
        if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans):
            yield span
