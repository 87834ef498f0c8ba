"""E-mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.links import Span
from heard.checks.regex import regex
from heard.language.familiar import familiar

# Not after another @: that is a handle of a social network, like @ana@example.social.
_EMAIL: Final = regex(r"(?<![\w@.+%/-])\w[\w.+%-]{0,63}@(?:\w[\w-]{0,62}\.){1,8}[^\W\d_]{2,24}(?![\w@-])")
# Written so that no machine finds it; every person does.
_AT: Final = r"(?: ?[(\[{<] ?(?:at|a|zavináč|zavinac|afna|kukac|παπάκι|παπακι|@) ?[)\]}>] ?| @ ?|@ )"
_DISGUISED: Final = regex(
    rf"(?<![\w@.+%/-])\w[\w.+-]{{0,63}}{_AT}\w[\w-]{{0,62}}(?:(?: ?\. ?| ?[(\[{{<] ?(?:dot|tečka|pika|pont|"
    rf"τελεία) ?[)\]}}>] ?)\w[\w-]{{1,62}}){{1,4}}",
    re.IGNORECASE,
)
# As somebody says it on the phone. The dot is a word or the sign one that nothing else is called by.
_ENDING: Final = r"(?:com|net|org|info|biz|eu|example|[a-z]{2})(?!\w)"
_SPOKEN: Final = regex(
    r"(?<![\w@.+%/-])\w[\w.+-]{0,63} (?:"
    r"at \w[\w-]{0,62}(?: ?(?:dot|\.) ?\w[\w-]{0,62}){0,3} dot "
    r"|(?:zavináč|zavinac|afna|kukac|παπάκι|παπακι) \w[\w-]{0,62}(?:(?:\.| (?:dot|tečka|tecka|pika|pont|τελεία|τελεια) )"
    rf"\w[\w-]{{1,62}}){{0,3}}(?:\.| (?:dot|tečka|tecka|pika|pont|τελεία|τελεια) )){_ENDING}",
    re.IGNORECASE,
)


# "Find us at acme.example" is no address; where "at" is no word of the language, it is one.
_AT_HOST: Final = regex(
    r"(?<![\w@.+%/-])\w[\w.+-]{1,63} at (?:\w[\w-]{0,62}\.){1,3}[a-z]{2,7}(?![\w/@-])", re.IGNORECASE
)
_PLAIN_WORD: Final = regex(r"[^\W\d_]+")


def emails(text: str) -> Iterator[Span]:
    for found in _AT_HOST.finditer(text):
        name = found.group().split()[0]
        if not _PLAIN_WORD.fullmatch(name) or (name.islower() and familiar(text) not in ("", "en")):
            yield found.span()
    for pattern in (_EMAIL, _DISGUISED, _SPOKEN):
        for found in pattern.finditer(text):
            yield found.span()
