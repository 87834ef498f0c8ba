"""Finds words that a template shows as they stand, past gettext."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment

# Names, keys and units, the same in every language.
SAME_EVERYWHERE = {
    "Heard",
    "Enter",
    "Esc",
    "Ctrl",
    "Shift",
    "Alt",
    "API",
    "URL",
    "JSON",
    "OpenAPI",
    "UTC",
    "TOTP",
    "DPD",
}
READ_ALOUD = ("title", "placeholder", "alt", "aria-label", "aria-description", "aria-roledescription")
NOT_READ = ("script", "style", "code", "kbd", "template-source")
WORD = re.compile(r"[^\W\d_]{3,}")
IDENTIFIER = re.compile(r"\w*_\w+")
# Stands for whatever an expression or a translated block puts there.
SOMETHING = "\ufffc"


def literal_texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every word that a translator never gets to see."""
    reader = _Reader()
    reader.feed(_without_code(source))
    reader.close()
    yield from reader.found


def _without_code(source: str) -> str:
    """Return the template's own text. Code and translated blocks leave only their line breaks behind."""
    kept: list[str] = []
    skip_until, block = "", ""
    for _line, kind, value in Environment().lex(source):
        if kind == "block_begin":
            block = value
        elif block:
            block += value
            if kind == "block_end":
                skip_until = "" if _name(block) == skip_until else skip_until or _end_of(block)
                kept.append("\n" * block.count("\n"))
                block = ""
        elif kind == "data" and not skip_until:
            kept.append(value)
        else:
            kept.append("\n" * value.count("\n") + (SOMETHING if kind == "variable_begin" else ""))
    return "".join(kept)


def _name(block: str) -> str:
    return (block.strip("{%-+} \n").split() or [""])[0]


def _end_of(block: str) -> str:
    """Name the tag that ends a block whose text needs no translator: it has one, or no person reads it."""
    words = block.strip("{%-+} \n").split()
    for_machines = _name(block) == "block" and (words[1] == "here" or words[1].endswith("_class"))
    return "endtrans" if _name(block) == "trans" else "endblock" if for_machines else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_READ:
            self._inside.append(tag)
        for name, value in attrs:
            if name in READ_ALOUD:
                self._look(value or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._look(data)

    def _look(self, text: str) -> None:
        if any(word not in SAME_EVERYWHERE for word in WORD.findall(IDENTIFIER.sub("", text))):
            skipped = text[: len(text) - len(text.lstrip())].count("\n")
            self.found.append(
                (self.getpos()[0] + skipped, " ".join(text.replace(SOMETHING, "…").split())[:80])
            )
