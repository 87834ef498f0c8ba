"""Parts of a text in which what looks like a fault is none: code, quoted words, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from heard.checks.links import Span
from heard.checks.regex import regex

_CODE: Final = regex(r"```[^`]{0,2000}```|`[^`\n]{1,300}`")
_PATH: Final = regex(r"(?<![\w/}\])])/(?=[^\s]{0,60}[{\[<])[^\s\"'”“]{1,200}")
_QUOTED: Final = regex(
    # No opening sign inside: a thousand of them must not be read a thousand times.
    r"„[^„“”\"\n]{1,600}[“”\"]|“[^“”\n]{1,600}”|«[^«»\n]{1,600}»|»[^«»\n]{1,600}«|\"[^\"\n]{1,600}\"|^>[^\n]*$",
    re.MULTILINE,
)
_SENTENCE: Final = regex(r"[^\s.!?;…](?:[^.!?;…\n]|[.;](?![ \n]|$))*[.!?;…]*", re.MULTILINE)


def code_spans(text: str) -> list[Span]:
    return [found.span() for pattern in (_CODE, _PATH) for found in pattern.finditer(text)]


def quoted_spans(text: str) -> list[Span]:
    return [found.span() for found in _QUOTED.finditer(text)]


def without_quotes(text: str) -> str:
    """As long as `text`: what is quoted, or code, became blank."""
    return blanked(text, (*quoted_spans(text), *code_spans(text)))


def blanked(text: str, spans: Iterable[Span]) -> str:
    """As long as `text`: the spans became blank."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def sentences(text: str) -> Iterator[Span]:
    """Roughly: a dot ends one only where a gap follows."""
    for found in _SENTENCE.finditer(text):
        yield found.span()
