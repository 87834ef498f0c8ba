"""Our own CSV, for spreadsheets and translators: a row for each variant, the facts of its reply repeated beside it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from heard.channels.words import N_
from heard.contacts.models import Formality
from heard.replies.exchange.record import MOST_REPLIES, Reading, Record, Remark, Unreadable
from heard.replies.facts import LANGUAGES
from heard.replies.models import Audience, Length, SavedReply, Situation
from heard.replies.stale import Said
from heard.replies.ways import Way

COLUMNS: Final = (
    *("key", "version", "shortcut", "folder", "situation", "block", "tags", "source_language", "expires_on"),
    *("draft", "language", "title", "formality", "audience", "length", "text", "source_text"),
)
BETWEEN_FOLDERS: Final = " / "
YES: Final = "yes"
# A spreadsheet takes what begins like this for a formula and may run it.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_DEFAULTS: Final = {
    "formality": Formality.FORMAL,
    "audience": Audience.PRIVATE,
    "length": Length.NORMAL,
    "situation": Situation.OTHER,
    "block": SavedReply.Block.WHOLE,
}
_CHOICES: Final[Mapping[str, Iterable[str]]] = {
    "language": LANGUAGES,
    "source_language": LANGUAGES,
    "formality": Formality.values,
    "audience": Audience.values,
    "length": Length.values,
    "situation": Situation.values,
    "block": SavedReply.Block.values,
}


class _BadCell(Exception):
    def __init__(self, column: str, value: str) -> None:
        super().__init__(column)
        self.column, self.value = column, value


def written_csv(records: Iterable[Record]) -> str:
    """With the mark by which spreadsheets know that it is Unicode."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for record in records:
        for row in _rows(record):
            rows.writerow([harmless(row.get(column, "")) for column in COLUMNS])
    return out.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def read_csv(content: str) -> Reading:
    """Raises Unreadable."""
    reading = Reading()
    begun: dict[str, _Begun] = {}
    for line, row in rows_of(content, needed=("title", "language", "text")):
        try:
            _take(line, row, begun)
        except _BadCell as bad:
            reason = N_("“%(value)s” cannot stand in the column “%(column)s”.")
            params: dict[str, str | int] = {"value": bad.value[:60], "column": bad.column}
            reading.wrong.append(Remark(line, row.get("title", "")[:120], reason, params))
    reading.records = [one.record() for one in begun.values()]
    if len(reading.records) > MOST_REPLIES:
        raise Unreadable(N_("A file may hold %(most)s saved replies at most."), most=MOST_REPLIES)
    return reading


def rows_of(content: str, *, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line that it begins in, by the names of the columns. Raises Unreadable."""
    content = content.removeprefix("\ufeff")
    head = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    csv.field_size_limit(1_000_000)
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip().lower() for name in next(lines, [])]
        for name in needed:
            if name not in columns:
                raise Unreadable(N_("The column “%(column)s” is missing."), 1, column=name)
        begins = lines.line_num + 1
        for cells in lines:
            if any(cells):
                yield begins, {name: as_it_was(cell) for name, cell in zip(columns, cells, strict=False)}
            begins = lines.line_num + 1
    except csv.Error:
        raise Unreadable(N_("This line is no CSV."), lines.line_num) from None


@dataclass
class _Begun:
    """A reply whose rows are being read."""

    first: Record
    texts: dict[Way, Said] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    lines: dict[Way, int] = field(default_factory=dict)

    def record(self) -> Record:
        return replace(self.first, texts=self.texts, titles=self.titles, lines=self.lines)


def _take(line: int, row: Mapping[str, str], begun: dict[str, _Begun]) -> None:
    """Rows of one key, or without keys of one shortcut, are one reply."""
    name = row.get("key") or row.get("shortcut") or f"line {line}"
    language = _choice(row, "language")
    one = begun.get(name) or _Begun(_facts(line, row, language))
    title, text = row.get("title", ""), row.get("text", "")
    if text:
        way = Way(language, _choice(row, "formality"), _choice(row, "audience"), _choice(row, "length"))
        if way in one.texts:
            raise _BadCell("language", str(way))
        one.texts[way] = Said(_lines(text), _lines(row.get("source_text", "")))
        one.lines[way] = line
    if title:
        one.titles[language] = title
    begun[name] = one


def _facts(line: int, row: Mapping[str, str], language: str) -> Record:
    return Record(
        line=line,
        titles={},
        texts={},
        key=_key(row.get("key", "")),
        version=_version(row.get("version", "")),
        shortcut=row.get("shortcut", ""),
        folder=[name for name in row.get("folder", "").split(BETWEEN_FOLDERS) if name.strip()],
        situation=_choice(row, "situation"),
        block=_choice(row, "block"),
        tags=[tag.strip() for tag in row.get("tags", "").split(",") if tag.strip()],
        source_language=_choice(row, "source_language") if row.get("source_language") else language,
        expires_on=_date(row.get("expires_on", "")),
        draft=row.get("draft", "").lower() == YES,
        knows_sources="source_text" in row,
    )


def _rows(record: Record) -> Iterator[dict[str, str]]:
    facts = {
        "key": str(record.key or ""),
        "version": str(record.version),
        "shortcut": record.shortcut,
        "folder": BETWEEN_FOLDERS.join(record.folder),
        "situation": str(record.situation),
        "block": str(record.block),
        "tags": ", ".join(record.tags),
        "source_language": record.source_language,
        "expires_on": record.expires_on.isoformat() if record.expires_on else "",
        "draft": YES if record.draft else "",
    }
    for language in LANGUAGES:
        named = {**facts, "language": language, "title": record.titles.get(language, "")}
        ways = sorted(way for way in record.texts if way.language == language)
        for way in ways:
            yield {**named, **_cells(way, record.texts[way])}
        if not ways and named["title"]:
            yield named


def _cells(way: Way, said: Said) -> dict[str, str]:
    return {
        "formality": way.formality,
        "audience": way.audience,
        "length": way.length,
        "text": said.text,
        "source_text": said.source_text,
    }


def _choice(row: Mapping[str, str], column: str) -> Any:
    value = row.get(column, "").strip().lower() or str(_DEFAULTS.get(column, ""))
    if value not in _CHOICES[column]:
        raise _BadCell(column, value)
    return value


def _key(value: str) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError:
        raise _BadCell("key", value) from None


def _version(value: str) -> int:
    if value and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise _BadCell("version", value)
    return int(value or 1)


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise _BadCell("expires_on", value) from None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
