"""Idioms and slang that do not travel: where whoever writes does not write their own language, or a machine will translate it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.links import Taken, link_spans
from heard.checks.passages import code_spans, quoted_spans
from heard.language.familiar import familiar
from heard.language.plain import plain

_FOLDER: Final = Path(__file__).parent / "idioms"
_MOST: Final = 10  # findings


def idioms(draft: Draft) -> Iterator[Finding]:
    language = familiar(draft.text)
    if not language or not _travels(draft, language):
        return
    text = draft.text
    taken = Taken(text, link_spans(text), code_spans(text), quoted_spans(text))
    count = 0
    for found in _pattern(language).finditer(plain(text)):
        if count < _MOST and taken.take(found.span()):
            yield _finding(text, found, _meanings(language))
            count += 1


def _travels(draft: Draft, language: str) -> bool:
    """Over a border, between who writes and the text or between the text and who reads it."""
    others = (draft.author_language, draft.language)
    return any(other and other.split("-")[0].lower() != language for other in others)


def _finding(text: str, found: re.Match[str], meanings: Mapping[str, str]) -> Finding:
    written = text[slice(*found.span())]
    plainly = _as_written(meanings[re.sub(r"\s+", " ", found.group())], written)
    params = {"found": written, "plainly": plainly}
    reason = N_("“%(found)s” may not be understood everywhere.")
    if plainly:
        reason = N_("“%(found)s” may not be understood everywhere. Plainly: %(plainly)s.")
    return Finding(
        "idioms", "idiom", reason, *found.span(), True, mend=plainly or None, params=params, weight="hint"
    )


@cache
def _meanings(language: str) -> Mapping[str, str]:
    """What people say, without accents and capitals, and what it means."""
    path = _FOLDER / f"{language}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    pairs = [line.partition(" =") for line in lines if line and not line.startswith("#")]
    return {plain(said.strip()): meant.strip() for said, _, meant in pairs}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """The longest first, so that "fingers crossed" does not hide "keep your fingers crossed"."""
    known = sorted(_meanings(language), key=len, reverse=True)
    said = "|".join(r"\s{1,9}".join(map(re.escape, one.split())) for one in known)
    return re.compile(rf"(?<!\w)(?:{said or '(?!)'})(?!\w)")


def _as_written(plainly: str, written: str) -> str:
    begins = written[:1].isupper() and not written.isupper()
    return plainly[:1].upper() + plainly[1:] if begins else plainly
