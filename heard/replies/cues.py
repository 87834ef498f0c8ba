"""What a message is about, by words that give it away. Written for the languages that Heard speaks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from heard.language.folded import folded

CUES = Path(__file__).parent / "cues.toml"


def topics(text: str, language: str) -> frozenset[str]:
    """Empty where no word gives anything away, or nobody has written cues for the language yet."""
    pattern = _patterns().get(language)
    if pattern is None:
        return frozenset()
    return frozenset(found.lastgroup for found in pattern.finditer(folded(text)) if found.lastgroup)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """One expression a language: the beginning of a word, or of several, for each topic."""
    cues: dict[str, dict[str, list[str]]] = tomllib.loads(CUES.read_text(encoding="utf-8"))
    languages = {language for of_topic in cues.values() for language in of_topic}
    return {language: _pattern(cues, language) for language in languages}


def _pattern(cues: Mapping[str, Mapping[str, list[str]]], language: str) -> re.Pattern[str]:
    branches = [
        rf"(?P<{topic}>{'|'.join(re.escape(folded(cue)) for cue in of_topic[language])})"
        for topic, of_topic in cues.items()
        if of_topic.get(language)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches)})")
