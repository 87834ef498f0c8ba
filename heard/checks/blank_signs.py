"""Gaps that are told by their signs and their place alone, whatever somebody called them and in whichever language.

A list of words for "name" never ends. What stands behind a greeting, is half-open, or has the same odd sign on either
side is a gap all the same. No pattern looks further than a bounded number of characters.
"""

from __future__ import annotations

import re
from typing import Final

from heard.checks.blank_words import WANTS_MORE
from heard.checks.greetings import GREETING, any_of
from heard.checks.regex import regex

_WORD: Final = r"[^\W\d_][\w .'’/|:?-]{0,40}"
_NO_CLOSE: Final = r"(?![^\[\]{}\n]{0,200}[\]}])"
_DOTS: Final = r"(?:\.{2,3}|…|\[(?:\.{3}|…)\]|\((?:\.{3}|…)\)|[–—]{1,3}|-{2,3}|\?{2,4})"

_SIGNS: Final = (
    rf"(?<![\w:;=8\\])\[(?![xX][ ])[^\W\d_][\w.]{{0,40}}?(?=[ ,.!?;:\n]|$){_NO_CLOSE}",  # [name
    rf"(?<!\w)\{{{{1,3}}[ ]?[^\W\d_][\w. ]{{0,40}}?(?=[,.!?;:\n\]]|$){_NO_CLOSE}",  # {{ name
    r"(?<![\w\[{])(?P<shut>[^\W\d_]\w{1,40}(?:\}{1,3}|\]{1,2}))(?![\w\"'}\]():])",  # name}
    r"\{\{[ ]?[^\W\d_][\w. ]{0,40}\]{1,2}|\[{1,2}[ ]?[^\W\d_][\w. ]{0,40}\}{1,2}",  # {{name]]
    rf"[［【⟨〈｛〔‹]\s?{_WORD}[］】⟩〉｝〕›]",
    r"\\\{[^{}\n\\]{1,40}\\?\}|\{\([^(){}\n]{1,40}\)\}|\(\([^()\n]{1,40}\)\)",
    r"\{[^\W\d_][\w.]{0,40}![rs]\}|\{=[^{}\n]{1,40}\}|\[=[^\[\]\n]{1,40}=?\]|\[#[^\[\]\n]{1,40}#\]",
    r"(?<![:;=8-])\[\s?[^\W\d_][^\[\]\n>›→]{1,60}\](?!\(|\[|:\s{0,3}https?:|\w)",
    r"(?<!\w)&[^\W\d_]\w{2,40};",
    r"(?<=[\w:,] )[\[(](?:…|\.{3})[\])](?=[ ]\w)",
    r"(?<![\w.])[xX]{1,5}[.,:][xX]{2}(?!\w)",
    r"(?<=[^\W_])_{3,40}(?!\w)",
    r"(?<![\w%])(?<!\d[ \u00a0])%[^\W\d_]\w{2,40}(?![\w%])",
    r"(?<![\w./-])(?:tba|tbd|tbc|yyyy-mm-dd|rrrr-mm-dd)(?![\w/-])",
    # The same sign twice on either side, of those that make nothing bold and cross nothing out.
    r"(?<![\w@#%+=!^§|/$-])(?P<twice>[@#%+=!^§|$])(?P=twice){1,2}[ ]?[^\W\d_][\w .]{0,40}(?P=twice){2,3}(?![\w=+-])",
    r"(?<![\w%^§~|@.])(?P<once>[%^§~|@])[^\W\d_](?:[\w ]{0,38}\w)?(?P=once)(?![\w%^§~|@])",
    r"(?<![\w@#%])(?:@@|%%)[^\W\d_]\w{1,40}(?![\w@%])",
    r"(?<![\w$])\$(?![A-Z]{1,6}\b)[^\W\d_]\w{3,40}\b",
    r"\((?:\?{3,6}|_{2,40}|\.{4,20}|[Xx]{2,8})\)|\[\*{1,5}\]",
    r"(?<=[\w,] )\?{2,6}(?=[,;]|[ ][^\W\d_A-Z])|(?<=[\w,] )-{4,20}(?=[,;.!]|[ ]\w)",
    rf"(?i:\b(?:{WANTS_MORE})[ ]){_DOTS}(?=[ ,.]|$)",
    r"\b[^\W\d_a-z]{2,20}(?:_[^\W\d_a-z]{2,20}){0,3}_HERE\b",
    r"<!--[^>\n]{0,60}-->|<[^\W\d_]\w{1,40}(?=[,.!?]|$)(?![^<>\n]{0,200}>)",
)
# Nobody greets a bracket.
_OPENS: Final = (
    r"(?:[\[{(<«‹⟨【［｛]{1,3}[ ]?[^\W\d_(][^\n,!]{0,40}?(?:[\]})>»›⟩】］｝]{1,3}|(?=[,!\n]|$))"
    r"|[\[(](?:…|\.{2,}|\?+|_+|\*+|[xX]+)[\])]|\?{2,6}|\[[ ]{0,3}\]|<[ ]{0,3}>|N/A\b|NaN\b|n/a\b)"
)
GREETED_A_SIGN: Final = regex(
    rf"^\W{{0,6}}{GREETING}[ ,]{{1,3}}(?P<mark>(?!\((?:again|znovu|opět|ponovno|spet|újra|ξανά|and|a|in|és|και)\b){_OPENS})",
    re.MULTILINE | re.IGNORECASE,
)
SIGN: Final = regex(any_of(*_SIGNS), re.MULTILINE)
# A greeting that is complete, and the gap before its mark.
GREETED_NOBODY: Final = regex(rf"^[ \t]{{0,9}}{GREETING}[ \t]{{1,9}}!", re.MULTILINE | re.IGNORECASE)
# Two spaces between words: something that was to be put in was empty.
HOLLOW: Final = regex(r"(?:[^\W\d_]{1,40}|\b(?:no|nr|č|št|sz|αρ)\.)[ ]{2,9}(?=[^\W\d_])(?:[^\W_]{1,40})")
