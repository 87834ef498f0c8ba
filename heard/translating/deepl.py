"""DeepL. Its own hosts: one for free keys, which end in ":fx", and one for all others."""

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

FREE, PRO = "https://api-free.deepl.com", "https://api.deepl.com"
MOST_TEXTS: Final = 50  # in one call
# Where it distinguishes, and wants to know which one it is to write.
_TARGETS: Final = {"en": "EN-GB", "pt": "PT-PT", "no": "NB"}
_SOURCES: Final = {"no": "NB"}
_FORMALITY: Final = {"formal": "prefer_more", "informal": "prefer_less"}
_STAYS: Final = re.compile(r"</?x>")
_TROUBLES: Final = {
    401: Trouble.BAD_KEY,
    403: Trouble.BAD_KEY,
    413: Trouble.TOO_LONG,
    414: Trouble.TOO_LONG,
    429: Trouble.TOO_FAST,
    456: Trouble.USED_UP,
}


class DeepL:
    def __init__(self, key: str, outbound: Outbound, *, base_url: str = "") -> None:
        self.key, self.outbound = key, outbound
        self.url = f"{(base_url or (FREE if key.endswith(':fx') else PRO)).rstrip('/')}/v2/translate"

    def translate(self, wanted: Wanted) -> list[Translated]:
        told: list[Translated] = []
        for first in range(0, len(wanted.texts), MOST_TEXTS):
            told += self._some(wanted, wanted.texts[first : first + MOST_TEXTS])
        return told

    def _some(self, wanted: Wanted, texts: Sequence[Sequence[Part]]) -> list[Translated]:
        body: dict[str, Any] = {
            "text": [_marked(parts) for parts in texts],
            "target_lang": _TARGETS.get(wanted.target, wanted.target.upper()),
            "tag_handling": "xml",
            "ignore_tags": ["x"],
            "preserve_formatting": True,
        }
        if wanted.source:
            body["source_lang"] = _SOURCES.get(wanted.source, wanted.source.upper())
        if wanted.formality in _FORMALITY:
            body["formality"] = _FORMALITY[wanted.formality]
        headers = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        return _read(asked(self.outbound, self.url, json=body, headers=headers), len(texts))


def _marked(parts: Sequence[Part]) -> str:
    texts = (escape(part.text, quote=False) for part in parts)
    return "".join(f"<x>{text}</x>" if part.stays else text for text, part in zip(texts, parts, strict=True))


def _read(answer: Answer, count: int) -> list[Translated]:
    told = mapping_in(answer)
    if answer.status != 200:
        raise CannotTranslate(
            _trouble(answer, told), str(told.get("message", answer.status))[:LONGEST_DETAIL]
        )
    found = told.get("translations")
    if not isinstance(found, list) or len(found) != count:
        raise CannotTranslate(Trouble.BAD_ANSWER)
    return [_one(row) for row in found]


def _trouble(answer: Answer, told: Mapping[str, Any]) -> Trouble:
    if answer.status == 400 and "lang" in str(told.get("message", "")).lower():
        return Trouble.NO_SUCH_LANGUAGE
    if answer.status >= 500:
        return Trouble.NOT_REACHED
    return _TROUBLES.get(answer.status, Trouble.BAD_ANSWER)


def _one(row: object) -> Translated:
    if not isinstance(row, dict):
        raise CannotTranslate(Trouble.BAD_ANSWER)
    text = unescape(_STAYS.sub("", readable(row.get("text"))))
    return Translated(text, language_in(str(row.get("detected_source_language") or "")))
