"""Dates of birth in a text: a date, and a word that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.checks.links import Span
from heard.checks.named import said_before
from heard.checks.regex import regex
from heard.language.plain import plain

_MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|led|unor|brez|dub|kvet|cerv|srp|zar|rij|list|pros|"
    r"maj|avg|okt|ebr|ιαν|φεβ|μαρ|απρ|μαι|ιουν|ιουλ|αυγ|σεπ|οκτ|νοε|δεκ)\w{0,12}\.?"
)
_YEAR: Final = r"(?:19[1-9]\d|20[01]\d)"
_DATE: Final = regex(
    rf"(?<![\w.])(?:\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?{_YEAR}|{_YEAR}[./-]\s?\d{{1,2}}[./-]\s?\d{{1,2}}\.?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s{_MONTH},?\s{_YEAR}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}"
    rf"|{_YEAR}\.?\s{_MONTH}\s\d{{1,2}}\.?)(?!\w)"
)
_BORN: Final = regex(
    r"\b(?:born|birth|birthdate|birthday|dob|d\.o\.b|naroz(?:en[aiy]?|eni)|nar|rojen[aio]?|rojst\w{1,4}|szulet\w{0,10}|szul|"
    r"γεννη\w{1,8})\b(?:\W{1,3}\w{1,10}){0,3}\W{0,4}$"
)
_BORN_BEHIND: Final = regex(r"\W{0,3}(?:\w{1,4}\s)?(?:szulet\w{0,8}|born|γεννη\w{1,6})")


def births(text: str) -> Iterator[Span]:
    flat = plain(text)
    for found in _DATE.finditer(flat):
        before = said_before(flat, found.start())
        if _BORN.search(before) or _BORN_BEHIND.match(flat, found.end()):
            yield found.start(), found.start() + len(found.group().rstrip("."))
