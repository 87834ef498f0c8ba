"""Numbers and codes that are what they are because a word beside them says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from heard.checks.links import Span
from heard.checks.regex import regex
from heard.language.plain import plain

_BEFORE: Final = 70  # characters that are looked at for words
_AFTER: Final = 40
_TOKEN: Final = regex(
    r"(?<![\w@/.,-])(?<!\d[ \u00a0])(?=[^\s\d]{0,20}\d)[^\W_](?:[./_-]?[^\W_]){1,39}"
    r"(?:[ \u00a0]\d{1,10}(?![\w.,]\d|[\w%€$£])){0,5}(?![\w@])"
)
# Not behind an abbreviation: "no. 5", "obj. 5", "αρ. 5".
_SENTENCE_ENDS: Final = regex(
    r"(?:[!?…;\n]|(?<!\b\w)(?<!\bno)(?<!\bnr)(?<!\bsz)(?<!\bst)(?<!\bαρ)(?<!\bνο)(?<!\bid)(?<!\bobj)(?<!\bref)(?<!\bnum)(?<!\bcis)(?<!\binv)(?<!\btel)(?<!\bnar)"
    r"(?<!\bszul)(?<!\brend)(?<!\bszla)(?<!\bαριθ)(?<!\bπαρ)\.)\s"
)
_DATE: Final = regex(
    r"\d{1,2}[./-]\s?\d{1,2}(?:[./-]\s?(?:\d\d|\d{4}))?|(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?"
    r"|\d{1,2}/(?:19|20)\d\d|(?:19|20)\d\d(?:[/-](?:19|20)?\d\d)?|\d{1,2}[:.]\d\d|24/7"
)
COUNTS: Final = regex(
    r"\s?(?:%|€|\$|£|Kč|CZK|EUR|USD|GBP|Ft\b|HUF|eur\b|evr\w{1,3}\b|korun|forint|ευρώ|,-|,–|"
    r"(?:ks|kus\w{0,2}|pcs|pieces|items|units|kos\w{0,3}|db|darab\w{0,3}|τεμ\w{0,6}|kg|g|ml|l|cm|mm|m|"
    r"gb|mb|w|mah|"
    r"days|hours|minutes?|min|perc\w{0,3}|minut\w{0,2}|λεπτ\w{1,2}|km|km/h|points|customers|orders|dní|dnů|hodin|minut|bodů|dni|ur|točk|nap\w{0,4}|óra|"
    r"pont\w{0,2}|"
    r"ημέρες|ώρες|πόντ\w{1,3}|people|lidí|ljudi|ember)\b)",
    re.IGNORECASE,
)
NUMBER: Final = (
    r"(?:numbers?|num|nr|no|n°|c|cisl\w{1,3}|st|stevilk\w{1,2}|szam\w{0,6}|sz|azonosito\w{0,4}|αρ|"
    r"αριθ\w{0,4}|"
    r"αριθμ\w{1,3}|νο|id|ref|reference|code|kod\w{0,4}|κωδικ\w{1,3}|oznak\w{1,2})\.?"
)
_OTHER: Final = r"(?!(?:ticket|case|page|post|item|tiket|strana|bod|zahtevek|ugy|αιτημα)\b)"
IS: Final = r"(?:\W{1,3}(?:is|was|je|byl[ao]?|bil[ao]?|ειναι|ηταν|a|az|volt))?"


@dataclass(frozen=True, slots=True)
class Token:
    """Something with a digit in it, and the words around it without accents and capitals."""

    text: str
    span: Span
    before: str
    after: str

    @property
    def digits(self) -> int:
        return sum(map(str.isdigit, self.text))

    @property
    def is_mixed(self) -> bool:
        return any(map(str.isalpha, self.text))

    def grows(self, digits: int) -> bool:
        """Whether so many digits stand in a row, with nothing between them but a stroke or a gap."""
        return re.search(rf"\d(?:[ /-]?\d){{{digits - 1},}}", self.text) is not None


@lru_cache(maxsize=8)
def tokens(text: str) -> tuple[Token, ...]:
    """What could be a number of something: dates, times, prices and amounts are none. Four checks ask."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    flat = plain(text)
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        written = found.group()
        if not any(map(str.isdigit, written)) or _DATE.fullmatch(written) or COUNTS.match(text, end):
            continue
        yield Token(written, (start, end), said_before(flat, start), flat[end : end + _AFTER])


def said_before(flat: str, place: int) -> str:
    """The words in front, no further back than the sentence goes."""
    before = flat[max(0, place - _BEFORE) : place]
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(before)]
    return before[ends[-1] :] if ends else before


def called(things: str) -> re.Pattern[str]:
    """Matches words that end with a number of one of these: "order no.", "number of your order is", "order #"."""
    return regex(
        rf"\b(?:{things})(?:\W{{1,3}}\w{{1,12}}){{0,2}}?\W{{1,3}}{NUMBER}{IS}\W{{0,4}}$"
        rf"|\b{NUMBER}(?:\W{{1,3}}\w{{1,7}})?\W{{1,3}}(?:{things})(?:\W{{1,3}}\w{{1,10}})?{IS}\W{{0,4}}$"
        rf"|\b(?:{things})(?:\W{{1,3}}{_OTHER}\w{{1,8}})?\W{{0,3}}[#№:(„“\"]\s?$"
    )


def beside(things: str, *, between: int = 1) -> re.Pattern[str]:
    """Matches words that end with one of these, and at most so many others."""
    return regex(rf"\b(?:{things})(?:\W{{1,3}}{_OTHER}\w{{1,10}}){{0,{between}}}\W{{1,3}}$")
