"""All the ways in which people and programs mark a gap in a text.

Each came with texts that it must not stop: see `tests/test_blanks.py`. No pattern may look further than a bounded
number of characters, so that a text of any kind is read in one go.
"""

from __future__ import annotations

import re
from typing import Final

from heard.checks.greetings import COMPLETE, GREETING, NEEDS_NAME, any_of

_NAME: Final = r"[^\W\d_][\w '’./|:-]{0,40}"
_HTML: Final = (
    r"(?:[abipsu]|br|em|hr|li|ol|ul|td|th|tr|code|div|h[1-6]|img|pre|small|span|strong|sub|sup|table)"
)
_SNAKE: Final = r"[a-z]{2,20}(?:_[a-z]{2,20}){1,4}"
_UNIT: Final = (
    r"(?:%|€|\$|£|Kč|EUR|Ft\b|days?\b|hours?\b|weeks?\b|min\b|dn[íůy]\b|dn[ie]\b|dneh\b|hodin\w?\b|"
    r"týdn\w{1,3}\b|"
    r"ur[eah]?\b|tedn\w{1,3}\b|nap\w{0,4}\b|ór[aá]\w{0,3}\b|hét\b|ημέρ\w{1,3}|μέρ\w{1,3}|ώρ\w{1,2}\b|ευρώ)"
)
_FILL_IN: Final = (
    r"insert|fill in|fill out|to be (?:added|filled)|add (?:name|date|number|link)|doplnit|doplň\w*|"
    r"dopiš\w*|dopsat|"
    r"vložit|vlož\w*|vstavi\w*|vpiši\w*|dopolni\w*|vnesi\w*|beírni|beírand\w*|beillesztend\w*|kitölt\w*|ide jön|"
    r"ide a|pótol\w*|"
    r"συμπληρώ\w*|να συμπληρωθεί|εισαγωγή|βάλτε εδώ"
)
_NOUN: Final = (
    r"(?:(?:customer|client|first|last|full|your|agent|product|company)(?:'s)? ?)?name|order number|"
    r"jméno(?: zákazníka)?|"
    r"číslo objednávky|ime(?: stranke| kupca)?|številka naročila|név|az? ügyfél neve|vevő neve|"
    r"rendelésszám|"
    r"όνομα(?: πελάτη)?|αριθμός παραγγελίας"
)
_OWN_NAME: Final = (
    r"(?:CUSTOMER|CLIENT|FIRST|LAST|FULL|ORDER|TRACKING|AGENT|COMPANY|PRODUCT|USER|YOUR|JMENO|"
    r"PRIJMENI|CISLO|DATUM|"
    r"OBJEDNAVK[AY]|ZAKAZNI[KC]\w{0,3}|IME|STEVILKA|NAROCIL[OA]|STRANKA|UGYFEL|RENDELES|NEV|PELATIS|ONOMA)"
)

_MARKED: Final = (
    r"\{\{[^{}\n]{0,60}\}\}",  # {{ name }}
    r"\{%[^{}\n]{0,60}%\}",  # {% name %}
    r"\*\|[^|\n*]{1,40}\|\*",  # *|NAME|*
    rf"[#$%]?\{{[!$:@]?\s{{0,3}}{_NAME}\s{{0,3}}\}}",  # {name} #{name} ${name} {!name}
    r"\{#\s?[^{}\n]{1,40}\}",  # {# days}
    r"(?<![\w\\)\]\"])\{\d{1,2}\}",  # {0}
    r"(?<![\w\])\"'=:$#%,{])\{\s{0,3}\}(?![\w\"'}])",  # {}
    r"\[\[[^\[\]\n]{1,60}\]\]|\[%[^\[\]\n]{1,40}%\]",
    rf"\[\s?{_NAME}\s?\](?!\(|\[|:\s{{0,3}}https?:)",  # [name], and not a link in Markdown
    r"(?<=[^\s*•\-] )\[[ ]{0,3}\](?![\w(\[])",  # [ ], and not a box to tick
    r"\[(?:_{2,40}|\.{4,40}|X{2,40}|x{2,40}|\?{1,9})\]",
    r"%\(\w{1,40}\)s|(?<![\w%])%(?:\d\$)?[sd@](?![\w%])",
    r"%%[^\W\d]\w{0,40}%%",
    r"(?<![\w%])%(?![0-9A-Fa-f]{2}%)[^\W\d]\w{0,40}%(?!\w)",  # %name%, and not %C3%A9
    r"@@[^\W\d]\w{0,40}@@|##[^\W\d]\w{0,40}##|\$\$?[^\W\d]\w{0,40}\$",
    rf"(?<![\w$])\$(?:{_SNAKE}|(?:first)?name|jmeno|ime|nev)\b",
    rf"\|{_SNAKE}\||«{_SNAKE}»|‹{_SNAKE}›",
    r"<<[^<>\n]{1,60}>>|<%[^<>\n]{0,60}%>|<\?[^<>\n]{0,60}\?>|&lt;[^&\n]{1,40}&gt;",
    rf"(?<!\w)<(?!{_HTML}\s?/?>){_NAME}>",
    r"(?<!\w)__[A-Z][A-Z_]{1,38}__(?!\w)",
    rf"\b{_OWN_NAME}_[A-Z]{{2,15}}(?:_[A-Z]{{2,15}}){{0,2}}\b",
    r"\b(?:customer|contact|agent|order|client|ticket)(?:\.(?:first_|last_)?name|\.number|_(?:name|"
    r"number|email|id))\b",
    r"\{\{?[^\W\d_][\w.]{1,40}(?=[,.!?;:\s]|$)(?![^{}\n]{0,200}\})",  # {name, and never closed
    rf"\[(?:{_NOUN})\b(?![^\[\]\n]{{0,200}}\])",
    rf"\((?:[^()\n]{{0,30}} )?(?:{_FILL_IN})\b[^()\n]{{0,60}}\)|\((?:{_NOUN})\)",
)
_RULED: Final = (
    r"(?<!\w)_{2,}(?!\w)",
    r"(?<=[\s(:#])\.{4,}(?![.\w])(?!\s{0,3}[\d€$£])",
    r"(?<=[\s(:#])…(?:\s?…){1,40}",
    r"\b(?:no|nr|č|št|sz|αρ|αριθ)\.\s?(?:\.{3}|…)(?!\w)",
    r"(?<![\w*#•-])[Xx]{3,12}(?:[ -][Xx]{3,12}){0,8}(?![\w*-])",
    r"(?<!\w)[Xx?]{2}[.:/]\s?[Xx?]{2}(?:[.:/]\s?(?:[Xx?]{2,4}|\d{4})?)?(?!\w)",
    rf"(?<![\w-])XX?(?=[ ]{_UNIT}|%)",
    r"(?<![\w.])(?:DD?[./-] ?MM?[./-] ?(?:YYYY|RRRR|LLLL|ΕΕΕΕ)|dd[./-]mm[./-](?:yyyy|rrrr|llll)|"
    r"YYYY-MM-DD|HH:MM)(?!\w)",
    r"(?<=[^\s*#] )\*{3,}(?![\w*])(?=\s?[\w,.!?])",
    r"(?<=[^\s#] )#{3,}(?![\w#])",
)
_SAID: Final = (
    r"\b(?:TODO|TBD|TBA|TBC|FIXME|DOPLNIT|DOPLŇ|DOPLŇTE|DOPOLNI|DOPOLNITI|VSTAVI|KITÖLTENI|BEÍRNI|"
    r"ΣΥΜΠΛΗΡΩΣΤΕ|ΣΥΜΠΛΗΡΩΣΗ)\b",
    r"\b[Ll]orem ipsum\b",
    r"\[object Object\]|(?<!\w)NaN(?!\w)|(?<!\w)undefined(?!\w)",
    r"\b(?:order|parcel|number|objednávk[auy]|číslo|naročil[oa]|številk[ao]|rendelés|"
    r"παραγγελία)[ ](?:null|None|nil)\b",
)
MARK: Final = re.compile(any_of(*_MARKED, *_RULED, *_SAID), re.MULTILINE)

_LONE: Final = r"[ \t]{0,9}(?:,|!|$|[-–—:](?!\w))"
_FILLER: Final = r"[ \t,]{1,4}(?:\.{2,}|…|\*{2,}|-{2,}|_+|(?:null|None|undefined|nil|NaN)\b)[ \t]{0,3}[,!.]?"
_TITLE: Final = r"\b(?:pane|paní|gospod|gospa|g\.|ga\.|κύριε|κυρία|Mr|Mrs|Ms)\.?[ \t]{1,9}(?=,)"
GREETED: Final = re.compile(
    rf"^[ \t]{{0,9}}(?:(?:{any_of(*NEEDS_NAME)})(?:{_LONE}|[ \t]{{1,9}},)|"
    rf"{any_of(*COMPLETE)}[ \t]{{1,9}},|{GREETING}{_FILLER})",
    re.MULTILINE | re.IGNORECASE,
)
LOST: Final = re.compile(
    rf"{_TITLE},"
    r"|\b(?:no|č|št|nr|αρ)\.[ \t]{1,9}(?:[,;!?]|\.(?!\.))"
    r"|(?<=\w)(?:,[ \t]{0,3},|:[ \t]{1,9}[.,;](?=\s|$))"
    r"|(?<=\s)(?:\([ ]{0,3}\)|„[“”]|“”|«»|\"\")(?=[\s.,;!?]|$)",
)

# {count, plural, one {…} other {…}}: only its beginning, the braces behind it have to be counted.
CHOICE: Final = re.compile(
    r"\{\s{0,3}[\w.]{1,40}\s{0,3},\s{0,3}(?:plural|select|selectordinal|number|date)\b"
)

_KEYS: Final = (
    r"ok|enter|esc|ctrl|control|shift|alt|altgr|tab|del|delete|fn|home|end|cmd|win|space|backspace|"
    r"f\d{1,2}|"
    r"sic|edit|update|upd|pr|ad|img|video|foto|en|cs|cz|sl|si|slo|hu|el|gr|de|sk|eng|cze|hun"
)
KEY: Final = re.compile(rf"[\[<](?:{_KEYS})[\]>]", re.IGNORECASE)
TICKED: Final = re.compile(r"^[ \t]{0,9}(?:[-*•] )?\[[xX]\]", re.MULTILINE)
PRESSED: Final = re.compile(
    r"(?:click\w*|press\w*|tap|choose|select|button|menu|klikn\w*|klepn\w*|stiskn\w*|zvol\w*|vyber\w*|"
    r"tlačítk\w*|"
    r"pritisn\w*|izber\w*|gumb\w*|menij\w*|kattints\w*|nyom\w*|válas\w*|gomb\w*|menü\w*|πατήστε|"
    r"πάτησε|επιλέξτε|"
    r"επίλεξε|κουμπί|μενού|κλικ|[→›>+])\W{0,3}(?:\w{1,12}\W{1,3}){0,2}$",
    re.IGNORECASE,
)
GOES_ON: Final = re.compile(r"\s?(?:→|›|>|\+)\s?[\[<]")
MASKED: Final = re.compile(r"[ -]?\d{2,4}\b")
FORM: Final = re.compile(
    r"(?:form\w*|as|like|tvar\w*|obli\w*|zápis\w*|alak\w*|μορφή\w*)\W{0,3}(?:\w{1,8}\W{1,3}){0,1}$",
    re.IGNORECASE,
)
