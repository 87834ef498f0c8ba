"""The table of facts as a spreadsheet: a row for each, a column for each language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction

from heard.channels.words import N_
from heard.facts.models import Fact
from heard.facts.write import BadTruth, NotYours, WantedFact, may_change, write_fact
from heard.replies.exchange.files_csv import as_it_was, harmless
from heard.replies.exchange.record import Remark, Unreadable
from heard.replies.facts import LANGUAGES
from heard.workspaces.models import Agent

MOST: Final = 1_000
_VALUES: Final = {"value": "", **{f"value_{language}": language for language in LANGUAGES}}
COLUMNS: Final = ("key", "name", *_VALUES, "owner", "review_on", "note")


@dataclass
class Brought:
    """What a file would do, or did. With anything `wrong`, nothing."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    wrong: list[Remark] = field(default_factory=list)


class _Undone(Exception):
    """Only looked at."""


def written_facts(facts: Iterable[Fact]) -> str:
    """With the mark by which spreadsheets know that it is Unicode."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for fact in facts:
        said = {column: str(fact.values.get(language, "")) for column, language in _VALUES.items()}
        owner = fact.owner.user.email if fact.owner else ""
        due = fact.review_on.isoformat() if fact.review_on else ""
        cells = {
            "key": fact.key,
            "name": fact.name,
            **said,
            "owner": owner,
            "review_on": due,
            "note": fact.note,
        }
        rows.writerow([harmless(cells[column]) for column in COLUMNS])
    return out.getvalue()


def bring_in_facts(content: bytes, *, by: Agent, now: datetime, dry: bool) -> Brought:
    """All of them or none. Raises Unreadable."""
    rows = _rows(content)
    brought = Brought()
    try:
        with transaction.atomic():
            for line, row in rows:
                _bring(row, line, brought, by=by, now=now)
            if dry or brought.wrong:
                raise _Undone
    except _Undone:
        pass
    return brought


def _rows(content: bytes) -> Sequence[tuple[int, Mapping[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(N_("The file is not in UTF-8.")) from None
    between = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        return list(_read(reader))
    except csv.Error:
        raise Unreadable(N_("This is no table."), reader.line_num) from None


def _read(reader: Iterator[list[str]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    header = [cell.strip().lower() for cell in next(reader, [])]
    if not {"key", "name"} <= set(header):
        raise Unreadable(N_("The columns “key” and “name” are missing."), 1)
    for line, cells in enumerate(reader, 2):
        if line > MOST + 1:
            raise Unreadable(N_("That is more than fits here."), line)
        if any(cell.strip() for cell in cells):
            yield line, {name: as_it_was(cell).strip() for name, cell in zip(header, cells, strict=False)}


def _bring(row: Mapping[str, str], line: int, brought: Brought, *, by: Agent, now: datetime) -> None:
    key = row.get("key", "")
    known = Fact.objects.visible_to(by).filter(key=key).first()
    try:
        wanted = _wanted(row, known, by)
        if known is not None and _is_same(known, wanted):
            brought.same += 1
            return
        if known is not None and not may_change(known, by):
            raise NotYours
        write_fact(known, wanted, by=by, now=now)
    except BadTruth as bad:
        reason = N_("The column “%(column)s” cannot be like this.")
        brought.wrong.append(Remark(line, key, reason, {"column": bad.field}))
    except NotYours:
        brought.wrong.append(Remark(line, key, N_("Only its owner and admins change it.")))
    else:
        (brought.changed if known else brought.added).append(key)


def _wanted(row: Mapping[str, str], known: Fact | None, by: Agent) -> WantedFact:
    """A column that is not there changes nothing. Raises BadTruth."""
    before = known.values if known else {}
    said = {language: row.get(column, before.get(language, "")) for column, language in _VALUES.items()}
    return WantedFact(
        key=row.get("key", ""),
        name=row.get("name", ""),
        values=said,
        owner=_owner(row.get("owner", ""), by),
        review_on=_day(row["review_on"]) if "review_on" in row else (known.review_on if known else None),
        note=row.get("note", known.note if known else ""),
    )


def _owner(address: str, by: Agent) -> Agent | None:
    if not address:
        return None
    found = Agent.objects.visible_to(by).filter(user__email__iexact=address).first()
    if found is None:
        raise BadTruth("owner", "unknown")
    return found


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise BadTruth("review_on", "form") from None


def _is_same(known: Fact, wanted: WantedFact) -> bool:
    said = {language: value for language, value in wanted.values.items() if value}
    owner = wanted.owner is None or wanted.owner == known.owner
    told = (known.name, known.values, known.review_on, known.note)
    return owner and told == (wanted.name, said, wanted.review_on, wanted.note)
