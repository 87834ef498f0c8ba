"""Codes of vouchers that were made for one person. What a shop tells everybody to type in is none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from heard.checks.draft import Draft
from heard.checks.links import Span
from heard.checks.named import said_before
from heard.checks.orders import compiled
from heard.checks.regex import regex
from heard.language.plain import plain

_TOKEN: Final = regex(
    r"(?<![\w@/.,-])(?:\d{4}(?: \d{4}){2,4}|(?=[A-Z ]{0,12}\d)[A-Z0-9]{3,5}(?: [A-Z0-9]{3,5}){2,4}|"
    r"[A-Z0-9](?:[_-]?[A-Z0-9]){3,39}"
    r"|(?=[a-z0-9_-]{0,39}\d)(?=[a-z0-9_-]{0,39}[a-z])[a-z0-9](?:[_-]?[a-z0-9]){5,39})(?![\w@-])"
)
_THINGS: Final = (
    r"vouchers?|coupons?|discount|gift card|promo|gift|"
    r"poukaz\w{0,4}|slevov\w{1,3}|kupon\w{0,4}|sleva|slevu|"
    r"bon\w{0,2}|darilni|vrednostni|popust\w{0,2}|"
    r"\w{0,12}utalvany\w{0,8}|\w{0,8}kupon\w{0,8}|kedvezmeny\w{0,8}|"
    r"ajandekkarty\w{1,6}|darkov\w{1,4}|certifikat\w{0,2}|"
    r"κουπονι\w{0,3}|δωροεπιταγ\w{1,3}|δωροκαρτ\w{1,3}|εκπτωτικ\w{1,3}|εκπτωσ\w{1,4}"
)
_CODE: Final = r"(?:codes?|kod\w{0,4}|κωδικ\w{1,3}|number|cisl\w{1,2}|szam\w{0,3})"
_VOUCHER: Final = regex(
    rf"\b(?:{_THINGS})(?:\W{{1,3}}\w{{1,12}}){{0,6}}\W{{1,4}}$|"
    rf"\b{_CODE}(?:\W{{1,3}}\w{{1,12}}){{0,3}}\W{{1,3}}(?:{_THINGS})\W{{1,4}}$"
)
_FOR_ONE: Final = regex(
    r"\b(?:your|personal|for you|apolog\w{1,3}|sorry|trouble|goodwill|gesture|compensation|omluv\w{1,2}|odskodnen\w{1,3}|"
    r"opravicil\w{1,2}|nevsecnost\w{0,2}|engesztel\w{1,5}|kellemetlenseg\w{0,4}|karpotl\w{1,5}|ταλαιπωρι\w{1,2}|αποζημιωσ\w{1,2}|"
    r"vas\w{0,4}|tvuj|tvoj\w{0,2}|pro vas|za vas|onnek|szemelyes|kuponja\w{0,2}|utalvanya\w{0,2}|svuj|svoj|"
    r"kuponkodja|utalvanya|kodja|kodod|σας|σου)\b"
)
_BEHIND: Final = regex(
    r"\)?(?:-\w{1,4})?\s(?:\w{0,12}utalvany|\w{0,8}kupon|ajandekkartya|vouchers?\b|gift card|kuponk)"
)
_LETTERS_AND_DIGITS: Final = regex(r"[A-Z]+|\d+")
_AMOUNT: Final = regex(r"(?:EUR|CZK|KC|OFF|HUF|FT|NOW|GO|CZ|SI|HU|GR|UK)$")
_SHORTEST: Final = 8


def vouchers(draft: Draft) -> Iterator[Span]:
    for pattern in compiled(tuple(draft.voucher_patterns)):
        yield from (found.span() for found in pattern.finditer(draft.text) if found.group().strip())
    flat = plain(draft.text)
    for found in _TOKEN.finditer(draft.text):
        before = said_before(flat, found.start())
        if (_VOUCHER.search(before) or _BEHIND.match(flat, found.end())) and _belongs_to_one(
            found.group().upper(), before
        ):
            yield found.span()


def _belongs_to_one(code: str, before: str) -> bool:
    code = code.replace(" ", "-") if not code.replace(" ", "").isdigit() else code
    if code.replace(" ", "").isdigit():
        return len(code) >= _SHORTEST
    if _FOR_ONE.search(before) and (any(map(str.isdigit, code)) or "-" in code):
        return True
    return _is_random(code)


def _is_random(code: str) -> bool:
    """Nobody could read it out: letters and digits in turn, or no vowel."""
    parts = _LETTERS_AND_DIGITS.findall(_AMOUNT.sub("", code))
    if len(parts) == 1 or (len(parts) > 1 and all(part.isalpha() for part in parts)):
        return len(code) >= _SHORTEST and not any(set("AEIOUY") & set(part) for part in parts)
    changes = sum(first.isdigit() != second.isdigit() for first, second in pairwise(parts))
    return changes >= 2 or (len(code) >= _SHORTEST and not set("AEIOUY") & set(code))
