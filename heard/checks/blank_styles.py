"""All the ways in which people and programs mark a gap in a text.

Each came with texts that it must not stop: see `tests/test_blanks.py`. No pattern may look further than a bounded
number of characters, so that a text of any kind is read in one go.
"""

from __future__ import annotations

import re
from typing import Final

from heard.checks.blank_words import ALL_CAPITALS, CALLED, MONTH, NOUN, UNIT, WANTS_MORE
from heard.checks.greetings import COMPLETE, GREETING, NEEDS_NAME, any_of
from heard.checks.regex import regex
from heard.language.plain import plain

_NAME: Final = r"[^\W\d_][\w '’./|:-]{0,40}"
_HTML: Final = (
    r"(?:[abipsu]|br|em|hr|li|ol|ul|td|th|tr|code|div|h[1-6]|img|pre|small|span|strong|sub|sup|table)"
)
_SNAKE: Final = r"[a-z]{2,20}(?:_[a-z]{2,20}){1,4}"
_FILL_IN: Final = (
    r"insert|fill in|fill out|to be (?:added|filled)|add (?:name|date|number|link)|doplnit|doplň\w*|"
    r"dopiš\w*|dopsat|"
    r"vložit|vlož\w*|vstavi\w*|vpiši\w*|dopolni\w*|vnesi\w*|beírni|beírand\w*|beillesztend\w*|kitölt\w*|ide jön|"
    r"ide a|pótol\w*|"
    r"συμπληρώ\w*|να συμπληρωθεί|εισαγωγή|βάλτε εδώ"
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
    rf"(?<![\w$])\$(?:{_SNAKE}|(?i:(?:first|last|sur|customer)?_?name|jmeno|prijmeni|ime|priimek|nev|onoma|"
    rf"datum|date)|"
    rf"{_OWN_NAME}(?:_[A-Z]{{2,15}}){{0,3}})\b",
    rf"\|{_SNAKE}\||«{_SNAKE}»|‹{_SNAKE}›",
    r"<<[^<>\n]{1,60}>>|<%[^<>\n]{0,60}%>|<\?[^<>\n]{0,60}\?>|&lt;[^&\n]{1,40}&gt;",
    rf"(?<!\w)<(?!{_HTML}\s?/?>){_NAME}>",
    r"(?<!\w)__[A-Z][A-Z_]{1,38}__(?!\w)",
    rf"\b{_OWN_NAME}_[A-Z]{{2,15}}(?:_[A-Z]{{2,15}}){{0,2}}\b",
    r"\b(?:customer|contact|agent|order|client|ticket)(?:\.(?:first_|last_)?name|\.number|_(?:name|"
    r"number|email|id))\b",
    r"\{\{?[^\W\d_][\w.]{1,40}?(?=[,.!?;:\s]|$)(?![^{}\n]{0,200}\})",  # {name, and never closed
    rf"\[(?:{NOUN})\b(?![^\[\]\n]{{0,200}}\])",
    rf"\((?:[^()\n]{{0,30}} )?(?:{_FILL_IN})\b[^()\n]{{0,60}}\)",
    ALL_CAPITALS,
)
_RULED: Final = (
    r"(?<!\w)_{1,4}(?:[./-][ ]?_{1,4}){1,2}(?!\w)",
    r"(?<!\w)_{2,}(?!\w)|(?<![\w_])_(?: _){2,40}(?![\w_])",
    r"(?<![\w.:/])(?:\.{2}|_{2}|-{2}|\?{2})[:/](?:\.{2}|_{2}|-{2}|\?{2})(?![\w:/])",  # ..:..
    rf"[\[(](?:\.{{3}}|…)[\])](?=\s?{UNIT})|(?<=\s)(?:\.{{3}}|…)(?=\s?{UNIT})",  # [...] EUR, … days
    rf"(?<=\s)\(?\?{{1,4}}\)?(?=\s?{UNIT})",
    r"(?<=\s)\.(?: \.){3,40}(?![\w.])",
    r"(?<=[\s(:#])\.{4,}(?![.\w])(?!\s{0,3}[\d€$£])",
    r"(?<=[\s(:#])…(?:\s?…){1,40}",
    r"\b(?:no|nr|č|št|sz|αρ|αριθ)\.\s?(?:\.{3}|…)(?!\w)",
    # The third letter is Greek. "XXX. ročník" and "the XXX Games" are counted, not left open.
    r"(?<!\bthe )(?<!\bThe )(?<!\bΤο )(?<!\bτο )(?<!\bτου )(?<![\w*#•-])(?!XXX\.[ ][a-zá-ž])"
    r"[XxΧχ]{3,12}(?:[ -][XxΧχ]{3,12}){0,8}(?![\w*-])",
    r"(?<!\w)[Xx?]{2}[.:/]\s?[Xx?]{2}(?:[.:/]\s?(?:[Xx?]{2,4}|\d{4})?)?(?!\w)",
    rf"(?<![\w-])(?:XX?|xx|ΧΧ?|χχ|XY)(?=[ ]{UNIT}|%)",
    rf"(?<![\w-])(?:[Xx]{{2}}|[Χχ]{{2}}|XY)(?=\.?[ ]{MONTH}|-(?:ig|ai|ei|án|én|kor|ra|re)\b)|(?<=[ ])(?:xx|XX|"
    rf"xy|XY)(?=th\b)",
    r"(?<![\w.])DD?\.[ ]?MM?\.(?!\w)",
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
MARK: Final = regex(any_of(*_MARKED, *_RULED, *_SAID), re.MULTILINE)

# Read without accents and capitals. In quotation marks only in a greeting: elsewhere they name a field of a form.
_GREETS: Final = rf"^\W{{0,6}}(?:{plain(GREETING)})[^\n.!?]{{0,20}}?"
NAMED: Final = regex(
    rf"(?<![\w@])@(?:{CALLED})(?:_\w{{1,20}})?(?![\w@])|(?<!%)\((?:{NOUN})\s?\??\)|(?<!#)#(?:{NOUN})#(?!#)|(?<!\|)\|(?:{NOUN})\|(?!\|)|\*{{2,3}}(?:{NOUN})\*{{2,3}}|"
    rf"[~*_/!](?:{NOUN})[~*_/!](?!\w)"
    rf"|{_GREETS}(?P<quoted>[«‹„“\"'](?:{CALLED})[»›“”\"'])",
    re.MULTILINE,
)
FIELD: Final = regex(
    r"\b(?:fields?|column|box|labell?ed|pole|poli|policko|kolonk\w{1,2}|sloup\w{1,3}|polj\w{1,2}|stolp\w{1,3}|"
    r"mezo\w{0,4}|rovat\w{0,3}|πεδι\w{1,3}|στηλη)\W{1,4}(?:\w{1,12}\W{1,3}){0,2}$"
)
_LONE: Final = r"[ \t]{0,9}(?:,|!|$|[-–—:](?!\w))"
_FILLER: Final = (
    r"[ \t,]{1,4}(?:\.{2,}|…|\*{2,}|-{2,}|[–—](?=\s?,)|_+(?![/._-])|"
    r"(?:null|None|undefined|nil|NaN)\b)[ \t]{0,3}[,!.]?"
)
_TITLE: Final = r"\b(?:pane|paní|gospod|gospa|g\.|ga\.|κύριε|κυρία|Mr|Mrs|Ms)\.?[ \t]{1,9}(?=[,!])"
GREETED: Final = regex(
    rf"^[ \t]{{0,9}}(?:(?:{any_of(*NEEDS_NAME)})(?:{_LONE}|[ \t]{{1,9}},)|"
    rf"{any_of(*COMPLETE)}[ \t]{{1,9}},|{GREETING}{_FILLER})",
    re.MULTILINE | re.IGNORECASE,
)
LOST: Final = regex(
    rf"{_TITLE}[,!]"
    r"|\b(?:no|č|št|nr|αρ)\.[ \t]{1,9}(?:[,;!?]|\.(?!\.))"
    rf"|(?i:\b(?:{WANTS_MORE}|is|je))[ ]{{1,3}}[,;](?=\s)"
    r"|(?<=\w)(?:,[ \t]{0,3},|:[ \t]{1,9}[.,;](?=\s|$))"
    r"|(?<=\s)(?:\([ ]{0,3}\)|„[“”]|“”|«»|\"\")(?=[\s.,;!?]|$)",
)

# {count, plural, one {…} other {…}}: only its beginning, the braces behind it have to be counted.
CHOICE: Final = regex(r"\{\s{0,3}[\w.]{1,40}\s{0,3},\s{0,3}(?:plural|select|selectordinal|number|date)\b")

_KEYS: Final = (
    r"ok|enter|esc|ctrl|control|shift|alt|altgr|tab|del|delete|fn|home|end|cmd|win|space|backspace|"
    r"f\d{1,2}|"
    r"sic|edit|update|upd|pr|ad|img|video|foto|at|dot|zavináč|tečka|afna|pika|kukac|pont|παπάκι|τελεία|en|cs|"
    r"cz|sl|si|slo|hu|el|gr|de|sk|eng|cze|hun"
)
KEY: Final = regex(rf"[\[<{{](?:{_KEYS})[\]>}}]", re.IGNORECASE)
TICKED: Final = regex(r"^[ \t]{0,9}(?:[-*•] )?\[[xX]\]", re.MULTILINE)
PRESSED: Final = regex(
    r"(?:click\w*|press\w*|tap|choose|select|button|menu|klikn\w*|klepn\w*|stiskn\w*|zvol\w*|vyber\w*|"
    r"tlačítk\w*|"
    r"pritisn\w*|izber\w*|gumb\w*|menij\w*|kattints\w*|nyom\w*|válas\w*|gomb\w*|menü\w*|πατήστε|"
    r"πάτησε|επιλέξτε|"
    r"επίλεξε|κουμπί|μενού|κλικ|[→›>+])\W{0,3}(?:\w{1,12}\W{1,3}){0,2}$",
    re.IGNORECASE,
)
GOES_ON: Final = regex(r"\s?(?:→|›|>|\+)\s?[\[<]")
MASKED: Final = regex(r"[ -]?\d{2,4}\b")
FORM: Final = regex(
    r"(?:form\w*|as|like|tvar\w*|obli\w*|zápis\w*|alak\w*|μορφή\w*)\W{0,3}(?:\w{1,8}\W{1,3}){0,1}$",
    re.IGNORECASE,
)
