"""Where somebody lives: a street with a number, as it is written in our countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.blank_words import MONTH
from heard.checks.letters import CAPITAL
from heard.checks.links import Span
from heard.checks.named import COUNTS
from heard.checks.regex import regex

_W: Final = r"(?:[^\W\d_]{1,4}\.|[^\W\d_]{1,25}(?:['’-][^\W\d_]{1,24})?)"  # a word of a name
_UP: Final = rf"(?=[{CAPITAL}]){_W}"
_NAME: Final = rf"(?![{CAPITAL}][ ]){_UP}(?:[ ]{_W}){{0,3}}"
_HOUSE: Final = r"\d{1,4}(?:/(?:\d{1,4}|[IVX]{1,4}(?!\w))|[–-]\d{1,4}(?!\d))?(?:[ ]?[A-Za-zΑ-Ωα-ω](?!\w))?"
_CITY: Final = rf"{_UP}(?:[ -]{_UP}|[ ]\d{{1,2}}(?![\d.:])|[ ](?:nad|pod|u|v|na|pri|ob)[ ]{_W}){{0,3}}"
# "byt 5", "2/5", "3ος όροφος": what stands between the house and the town.
_FLOOR: Final = (
    r"(?:,?[ ](?:\d{1,2}(?:ος|ου|\.)?[ ](?:όρ(?:οφος|\.)|em(?:elet|\.)(?:[ ]\d{1,3}\.)?|patro|nadstropje|floor)|"
    r"[IVX]{1,4}\.[ ]em\.(?:[ ]\d{1,3}\.)?|(?:byt|flat|apt|apartment|apartma|stan|διαμ\.)\.?[ ](?:č\.[ ])?\d{1,3}))?"
)
_GAP: Final = rf"{_FLOOR}(?:,[ ]?|\n[ ]?|[ ])"
_FIVE: Final = r"(?:CZ-?|SK-?)?\d{3} ?\d{2}(?!\d)"
_FOUR: Final = r"(?:SI-?|HU-?|H-?)?[1-9]\d{3}(?!\d)"
_GREEK_CODE: Final = r"(?:[ΤT]\.? ?[ΚK]\.?:? ?)?\d{3} ?\d{2}(?!\d)"
_UK_CODE: Final = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)"

_CZECH_STREET: Final = (
    r"(?:ulic[eií]|[Uu]l\.|[Nn]ám\.|[Nn]áměstí|[Tt]říd[aěu]|[Tt]ř\.|[Nn]ábřeží|[Nn]ábř\.|"
    r"[Ss]ídliště|[Ss]ídl\.)"
)
_SLOVENE_KIND: Final = r"(?:ulic[aeio]|ul\.|cest[aeio]|c\.|trg|trgu|poti?|naselj[eu]|nabrežj[eu]|drevored)"
_HUNGARIAN_KIND: Final = (
    r"(?:utca|utcá\w{0,4}|u\.|út|úton|útja|útján|tér|téren|tere|terén|körút|körúton|krt\.|"
    r"sétány|köz|fasor|rakpart|sor|dűlő|lépcső|lakótelep)"
)
_GREEK_STREET: Final = r"(?:οδό[ςυ]?|οδού|[Λλ]εωφ\.|[Λλ]εωφόρο[ςυ]?|[Λλ]εωφόρου|[Ππ]λατεία[ςα]?|πλ\.)"
_ENGLISH_KIND: Final = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close|Square|Way|Court|Place|Gardens|Terrace|"
    r"Crescent|Grove|Row|Mews|Boulevard|Blvd|Parkway|Pkwy|Highway|Hwy|Hill|Rise|Walk|Quay|Wharf|Parade|Circus|"
    r"End|Side|Bank|Gate|Fold|Garth|Cottages|Buildings|Approach|Chase|Dale|Heights|Lodge|Ridge|Green|Croft|Meadows?|Villas|Yard|Vale|Park|View)\b\.?"
)

# A dot behind the number ends the sentence, or counts: "17. listopadu".
_ENDS: Final = r"(?!\d|\.\d|\.[ ][a-zá-žα-ώ]|[ ]?%)"
_SAID: Final = (
    r"(?:[Aa]dres[ayue]\w{0,2}|[Aa]ddress|[Bb]ydliště\w?|[Nn]aslov\w{0,2}|[Cc]ím(?:e|en|ed|re|ére|ünk|ön)?|"
    r"[Δδ]ιεύθυνσ\w{1,3})(?:[ ](?:je|is|as|jako|kot|είναι|σας|van|Flat|byt|stan)\b|"
    r"[:,]){0,3}[ ](?:Flat[ ]\d{1,3}[a-z]?,[ ])?"
)
_ADDRESS: Final = regex(
    "|".join(
        (
            rf"(?:{_CZECH_STREET}[ ])?{_NAME}[ ]{_HOUSE}{_GAP}{_FIVE}[ ]{_CITY}",
            rf"(?:{_CZECH_STREET}[ ])?{_NAME}[ ]{_HOUSE}{_GAP}{_CITY},?[ ](?:PSČ:?[ ])?{_FIVE}",
            rf"{_CZECH_STREET}[ ](?:\d{{1,2}}\.[ ]{_W}|{_UP})(?:[ ]{_W}){{0,2}}[ ]{_HOUSE}{_ENDS}(?:{_GAP}{_CITY})?",
            rf"{_UP}(?:ova|ská|cká|ná|vá|lá|rá|tá|ní)[ ]\d{{1,4}}/\d{{1,4}}[a-z]?(?!\w|/)(?:{_GAP}{_CITY})?",
            rf"{_UP}(?:[ ]{_W}){{0,2}}[ ](?:náměstí|nám\.|třída|tř\.|nábřeží|nábř\.)[ ]{_HOUSE}{_ENDS}(?:{_GAP}{_CITY})?",
            rf"{_NAME}[ ]{_HOUSE}{_GAP}{_FOUR}[ ]{_CITY}",
            rf"{_UP}(?:[ ]{_W}){{0,2}}[ ]{_SLOVENE_KIND}[ ](?:{_W}[ ])?{_HOUSE}{_ENDS}",
            rf"(?:[Uu]lic[aoi]|[Uu]l\.|[Cc]est[aoi]|[Tt]rg)[ ](?:\d{{1,2}}\.[ ])?{_W}(?:[ ]{_W}){{0,2}}[ ]{_HOUSE}{_ENDS}",
            rf"(?<=\bna ){_UP}(?:ovi|evi|ski|ški|čki|ni|vi)(?:[ ]c\.)?[ ]\d{{1,3}}[a-z]?[ ]v[ ]{_UP}",
            rf"{_FOUR}[ ]{_CITY}{_GAP}{_NAME}[ ]\d{{1,4}}(?:[–-]\d{{1,4}})?(?!\d)\.?",
            rf"\d{{1,4}}[A-Za-z]?,?[ ](?:Rue|Via|Viale|Corso|Piazza|Avenue|Boulevard|Place|Quai|"
            rf"Chemin)[ ]{_W}(?:[ ]{_W}){{0,3}},?[ ]"
            rf"{_FIVE}[ ]{_CITY}",
            rf"{_UP}(?:[ ]{_W}){{0,2}}[ ]{_HUNGARIAN_KIND}[ ]\d{{1,4}}(?:[–-]\d{{1,4}})?(?![\d:%])(?:/[A-Za-z])?\.?",
            rf"{_UP}(?:ova|eva|ska|ška|čka)[ ]{_HOUSE}(?:,[ ]{_FOUR}[ ]|,[ ]){_CITY}",
            rf"\d{{1,5}}[ ]{_UP}(?:[ ]{_UP}){{0,3}}(?:,[ ](?:Apt|Suite|Unit|"
            rf"\#)\.?[ ]?\w{{1,5}})?,[ ]{_CITY},?[ ][A-Z]{{2}}[ ]\d{{5}}(?!\d)",
            # "P. O. Box 118": whoever has one wants no street.
            r"\b(?:P\.?[ ]?O\.?[ ]?[Bb]ox|Τ\.[ ]?Θ\.|[Pp]oštni[ ]predal|[Pp]\.[ ]?p\.|P\.[ ]?[Pp]řihrádka|"
            r"[Pp]ostafiók|Pf\.)[ ]\d{1,5}(?!\d)",
            rf"{_UP}(?:[ ]{_UP})?,[ ]{_UP}(?:ova|eva|ska|ška|čka)[ ]{_HOUSE}{_ENDS}",
            rf"{_GREEK_STREET}[ ](?:\d{{1,2}}(?:ης|η|ου)[ ])?{_UP}(?:[ ]{_UP}){{0,2}},?[ ](?:αρ\.[ ]?)?{_HOUSE}{_ENDS}",
            rf"(?!{MONTH}){_UP}(?:[ ]{_UP})?(?<=(?:[οα]υ|[οα]ύ|.ς|ων|ών)),?[ ]\d{{1,3}}[Α-Ωα-ω]?{_FLOOR},[ ]{_UP}",
            rf"{_NAME},?[ ]{_HOUSE}{_GAP}(?:{_CITY},?[ ])?{_GREEK_CODE}(?:,?[ ]{_CITY})?",
            rf"\d{{1,4}}[A-Za-z]?,?[ ]{_UP}(?:[ ]{_UP}){{0,3}}[ ]{_ENGLISH_KIND}(?:{_GAP}{_CITY})?(?:{_GAP}{_UK_CODE})?",
            rf"\d{{1,4}}[A-Za-z]?[ ]{_UP}(?:[ ]{_UP}){{0,3}}{_GAP}{_CITY}{_GAP}{_UK_CODE}",
        )
    )
)
_IN_WORDS: Final = regex(
    rf"(?<!\w){_SAID}(?P<said>(?:{_UP}(?:[ ]{_UP})?,[ ])?{_UP}(?:[ ]{_W}){{0,3}}[ ]{_HOUSE}{_ENDS}(?:{_GAP}{_CITY})?)"
)
_OURS: Final = regex(
    r"(?:\b(?:our|find us|visit us|come to)\b|naš\w{0,3} |u nás|najdete nás|zastavte se|našo|"
    r"obiščite nas|najdete nas|"
    r"üzletünk\w*|boltunk\w*|címünk\w*|székhelyünk\w*|bemutatóterm\w*|κατάστημά μας|"
    r"καταστήμα\w{1,4} μας|βρείτε μας|"
    r"έδρα μας|γραφεία μας|prodejn\w{1,3}|pobočk\w{1,3}|poslovalnic\w{1,2}|trgovin\w{1,2}|showroom\w{0,3})"
    r"[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
# "From 5 to 9", "5 minutes": the number is none of a house.
_COUNTED: Final = regex(
    r"\.?\s?(?:és|and|až|do|to|in|και|ως|–|-)\s?\d|\.?\s?(?:óra|órá|ur[aeio]?\b|uro\b|hodin|h\b)"
)
_BEFORE: Final = 90
# Two houses of one side of a street. Anything else is a time: "8-17".
_RANGE: Final = regex(r"(\d{1,4})[–-](\d{1,4})")
_DIGIT: Final = regex(r"\d")


def _number(text: str, start: int) -> int:
    """Where the house is numbered: "Üzletünk a Piac utca 12." begins like the name of a street."""
    found = _DIGIT.search(text, start)
    return found.start() if found else start


def addresses(text: str) -> Iterator[Span]:
    for pattern, group in ((_ADDRESS, 0), (_IN_WORDS, "said")):
        for found in pattern.finditer(text):
            start, end = found.span(group)
            if any(int(one[2]) - int(one[1]) != 2 for one in _RANGE.finditer(found[group])):
                continue
            if _COUNTED.match(text, end) or COUNTS.match(text, end):
                continue
            if not _OURS.search(text[max(0, found.start() - _BEFORE) : _number(text, start)]):
                yield start, start + len(found[group].rstrip(" \n,"))
