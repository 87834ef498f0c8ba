"""Several prepared questions in one statement, and their answers for whoever asks them next.

A page asks thirty small questions, each where its answer is needed. What PostgreSQL does for one of them is less
than what it costs to send it, to wait and to be woken up. Here a page says beforehand what it will ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from heard.workspaces.prepared import KNOWN, Question, Wording, fetched

# How JSON's values become those that the driver would have given. What is not named here is refused.
READ: Final[Mapping[type[models.Field[Any, Any]], Callable[[Any], Any] | None]] = {
    models.BooleanField: None,
    models.CharField: None,
    models.TextField: None,
    models.IntegerField: None,
    models.JSONField: None,
    models.DateTimeField: datetime.fromisoformat,
    models.DateField: date.fromisoformat,
    models.TimeField: time.fromisoformat,
    models.UUIDField: UUID,
    models.DecimalField: Decimal,
}
# JSON has one kind of number, so these travel as text.
AS_TEXT: Final = models.DecimalField
# One statement of other questions each: as many as there are pages of different make.
MOST_STATEMENTS: Final = 256


class NotInJson(Exception):
    """A column of this kind would come out of JSON as something else."""


@dataclass(frozen=True)
class _Part:
    """What has to be done with the rows of one question."""

    fields: Sequence[models.Field[Any, Any]]
    readers: Sequence[tuple[int, Callable[[Any], Any]]]
    converters: Mapping[int, Any]


@contextmanager
def ahead(*questions: Question | None) -> Iterator[None]:
    """Within it, whoever asks one of these gets the answer that came at its beginning: for reading only.

    What is written meanwhile is not seen, as in a snapshot of the database. One that is not asked ahead is asked
    when it is needed, and one that was asked ahead already is not asked again.
    """
    known = KNOWN.get()
    asked = [one for one in dict.fromkeys(questions) if one is not None and one not in known]
    if len(asked) < 2:
        yield
        return
    token = KNOWN.set({**known, **_answers(asked)})
    try:
        yield
    finally:
        KNOWN.reset(token)


def _answers(asked: Sequence[Question]) -> dict[Question, Sequence[Sequence[Any]]]:
    words = _words(tuple(one.wording for one in asked))
    values = [value for one in asked for value in one.wording.parameters(one.given)]
    ((answered,),) = fetched(words, values)
    return {
        one: _rows(one.wording, rows or ()) for one, rows in zip(asked, json.loads(answered), strict=True)
    }


@lru_cache(maxsize=MOST_STATEMENTS)
def _words(wordings: tuple[Wording, ...]) -> str:
    """Raises NotInJson."""
    return f"SELECT json_build_array({', '.join(_as_json(one) for one in wordings)})::text"


def _as_json(wording: Wording) -> str:
    """The columns get names of their own: two tables may have one of the same name."""
    fields = _part(wording).fields
    names = [f"c{place}" for place in range(len(fields))]
    columns = [
        f"{name}::text AS {name}" if isinstance(field, AS_TEXT) else name
        for name, field in zip(names, fields, strict=True)
    ]
    named = f"({wording.words}) AS q ({', '.join(names)})"
    return f"(SELECT json_agg(r) FROM (SELECT {', '.join(columns)} FROM {named}) AS r)"


def _rows(wording: Wording, found: Sequence[Mapping[str, Any]]) -> Sequence[Sequence[Any]]:
    if not found:
        return ()
    part = _part(wording)
    rows = [list(row.values()) for row in found]
    for place, reader in part.readers:
        for row in rows:
            if row[place] is not None:
                row[place] = reader(row[place])
    if part.converters:
        rows = wording.compiler.apply_converters(rows, part.converters)
    return [tuple(row) for row in rows]


@lru_cache(maxsize=MOST_STATEMENTS)
def _part(wording: Wording) -> _Part:
    """Raises NotInJson."""
    fields = [selected[0].output_field for selected in wording.compiler.select]
    readers = [(place, reader) for place, field in enumerate(fields) if (reader := _reader(field))]
    converters = {
        place: converter
        for place, converter in wording.converters.items()
        if not _is_json(fields[place])  # JSON within JSON is read already
    }
    return _Part(fields, readers, converters)


def _is_json(field: models.Field[Any, Any]) -> bool:
    return isinstance(field.base_field if isinstance(field, ArrayField) else field, models.JSONField)


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, models.ForeignKey):
        return _reader(field.target_field)
    if isinstance(field, ArrayField):
        if _reader(field.base_field) is None:
            return None
        raise NotInJson(field)
    for kind in type(field).__mro__:
        if kind in READ:
            return READ[kind]
    raise NotInJson(field)
