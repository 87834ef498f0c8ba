"""A channel's setup.md as plain blocks: headings, steps, points and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from markupsafe import Markup, escape

MARK = re.compile(r"\*\*(?P<strong>.+?)\*\*|`(?P<code>.+?)`")
ITEM = re.compile(r"(?P<mark>\d+\.|-) +(?P<text>.*)")


@dataclass
class Block:
    kind: str  # heading · steps · points · words
    lines: list[str] = field(default_factory=list)

    def shown(self) -> list[Markup]:
        return [_marked(line) for line in self.lines]


@cache
def guide(slug: str) -> tuple[Block, ...]:
    """Empty where the channel brings none."""
    file = resources.files(f"heard.channels.{slug}") / "setup.md"
    return tuple(_blocks(file.read_text(encoding="utf-8"))) if file.is_file() else ()


def _blocks(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        if lines[0].startswith("# "):
            continue  # the page has a heading of its own
        if lines[0].startswith("#"):
            yield Block("heading", [lines[0].lstrip("# ")])
        elif found := ITEM.match(lines[0]):
            yield Block("points" if found["mark"] == "-" else "steps", _items(lines))
        else:
            yield Block("words", [" ".join(line.strip() for line in lines)])


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if found := ITEM.match(line):
            items.append(found["text"])
        else:
            items[-1] = f"{items[-1]} {line.strip()}"
    return items


def _marked(line: str) -> Markup:
    """Only strong words and code. Everything else is text, whatever it looks like."""
    shown, at = Markup(""), 0
    for found in MARK.finditer(line):
        tag = "strong" if found["strong"] else "code"
        shown += escape(line[at : found.start()]) + Markup("<{0}>{1}</{0}>").format(
            tag, found["strong"] or found["code"]
        )
        at = found.end()
    return shown + escape(line[at:])
