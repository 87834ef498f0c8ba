"""Chatwoot's canned responses: JSON as its API lists them, or CSV with the same two columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from heard.channels.words import N_
from heard.replies.exchange.files_csv import rows_of
from heard.replies.exchange.files_json import parsed
from heard.replies.exchange.record import MOST_REPLIES, Reading, Record, Remark, Unreadable
from heard.replies.exchange.theirs import as_ours
from heard.replies.stale import Said
from heard.replies.ways import Way


@dataclass(frozen=True, slots=True)
class Entry:
    line: int
    code: str
    content: str


def read_chatwoot(content: str, *, way: Way) -> Reading:
    """All in one language and one way, since theirs know neither. Raises Unreadable."""
    entries = list(_entries(content))
    if len(entries) > MOST_REPLIES:
        raise Unreadable(N_("A file may hold %(most)s saved replies at most."), most=MOST_REPLIES)
    reading = Reading()
    for entry in entries:
        if not entry.code.strip() or not entry.content.strip():
            reason = N_("It has no short code or says nothing.")
            reading.wrong.append(Remark(entry.line, entry.code[:120], reason))
            continue
        text, unknown = as_ours(entry.content)
        reading.notes += unknown_placeholders(entry.line, entry.code, unknown)
        reading.records.append(
            Record(
                line=entry.line,
                titles={way.language: entry.code.strip()},
                texts={way: Said(text)},
                lines={way: entry.line},
                shortcut=as_shortcut(entry.code),
                source_language=way.language,
            )
        )
    return reading


def unknown_placeholders(line: int, title: str, unknown: Iterable[str]) -> Iterator[Remark]:
    for one in unknown:
        reason = N_("“%(found)s” is nothing that Heard can fill in. It became a blank in square brackets.")
        yield Remark(line, title[:120], reason, {"found": one[:80]})


def as_shortcut(code: str) -> str:
    """Theirs may hold anything."""
    return re.sub(r"[^\w-]+", "-", code.strip().lstrip("/").lower()).strip("-_")[:40]


def _entries(content: str) -> Iterator[Entry]:
    if content.lstrip("\ufeff \r\n\t")[:1] not in ("[", "{"):
        for line, row in rows_of(content, needed=("short_code", "content")):
            yield Entry(line, row.get("short_code", ""), row.get("content", ""))
        return
    told: Any = parsed(content.removeprefix("\ufeff"))
    listed = told.get("payload") if isinstance(told, dict) else told
    if not isinstance(listed, list):
        raise Unreadable(N_("This is no list of canned responses."))
    for number, one in enumerate(listed, 1):
        known = one if isinstance(one, dict) else {}
        yield Entry(number, str(known.get("short_code") or ""), str(known.get("content") or ""))
