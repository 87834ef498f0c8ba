"""LibreTranslate, or any server that speaks like it: one's own, or somebody's with a key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any, Final

from heard.language.known import language_in
from heard.outbound import Answer, Outbound
from heard.translating.protect import Part
from heard.translating.provider import LONGEST_DETAIL, Translated, Wanted, asked, mapping_in, readable
from heard.translating.troubles import CannotTranslate, Trouble

MOST_TEXTS: Final = 20  # in one call; operators may allow few
_CODES: Final = {"no": "nb"}
_STAYS: Final = re.compile(r'<span translate="no">(.*?)</span>', re.DOTALL)
_TROUBLES: Final = {401: Trouble.BAD_KEY, 403: Trouble.BAD_KEY, 413: Trouble.TOO_LONG, 429: Trouble.TOO_FAST}


class LibreTranslate:
    def __init__(self, base_url: str, outbound: Outbound, *, key: str = "") -> None:
        self.url, self.outbound, self.key = f"{base_url.rstrip('/')}/translate", outbound, key

    def translate(self, wanted: Wanted) -> list[Translated]:
        told: list[Translated] = []
        for first in range(0, len(wanted.texts), MOST_TEXTS):
            told += self._some(wanted, wanted.texts[first : first + MOST_TEXTS])
        return told

    def _some(self, wanted: Wanted, texts: Sequence[Sequence[Part]]) -> list[Translated]:
        # Where nothing is to stay, plain text is translated better than a piece of a page.
        marked = any(part.stays for parts in texts for part in parts)
        body: dict[str, Any] = {
            "q": [_marked(parts) if marked else "".join(part.text for part in parts) for parts in texts],
            "source": _CODES.get(wanted.source, wanted.source) or "auto",
            "target": _CODES.get(wanted.target, wanted.target),
            "format": "html" if marked else "text",
        }
        if self.key:
            body["api_key"] = self.key
        answer = asked(self.outbound, self.url, json=body)
        return _read(answer, len(texts), source=wanted.source, marked=marked)


def _marked(parts: Sequence[Part]) -> str:
    texts = (escape(part.text, quote=False) for part in parts)
    return "".join(
        f'<span translate="no">{text}</span>' if part.stays else text
        for text, part in zip(texts, parts, strict=True)
    )


def _read(answer: Answer, count: int, *, source: str, marked: bool) -> list[Translated]:
    told = mapping_in(answer)
    if answer.status != 200:
        raise CannotTranslate(_trouble(answer, told), str(told.get("error", answer.status))[:LONGEST_DETAIL])
    texts = told.get("translatedText")
    if not isinstance(texts, list) or len(texts) != count:
        raise CannotTranslate(Trouble.BAD_ANSWER)
    plain = [unescape(_STAYS.sub(r"\1", readable(text))) if marked else readable(text) for text in texts]
    sources = _sources(told.get("detectedLanguage"), count)
    return [Translated(text, source or found) for text, found in zip(plain, sources, strict=True)]


def _sources(told: object, count: int) -> list[str]:
    if not isinstance(told, list) or len(told) != count:
        return [""] * count
    return [language_in(str(one.get("language", ""))) if isinstance(one, dict) else "" for one in told]


def _trouble(answer: Answer, told: Mapping[str, Any]) -> Trouble:
    words = str(told.get("error", "")).lower()
    if answer.status == 400 and "limit" in words:
        return Trouble.TOO_LONG
    if answer.status == 400 and ("not supported" in words or "not available" in words):
        return Trouble.NO_SUCH_LANGUAGE
    if answer.status >= 500:
        return Trouble.NOT_REACHED
    return _TROUBLES.get(answer.status, Trouble.BAD_ANSWER)
