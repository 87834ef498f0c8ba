"""Many rows at once, for the intake: what Django writes for it costs more than what PostgreSQL does with it.

bulk_update makes one CASE a field with one WHEN a row, which took half of the worker's time; here the new
values are one JSON document that PostgreSQL joins with the table. bulk_create quotes every value into one long
statement and reads generated columns back; here the rows go by COPY, but for one or two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, F, Func, JSONField, Model, Q, Subquery, Value
from django.db.models.base import ModelState
from psycopg import sql

FEW = 2
M = TypeVar("M", bound=Model)
LENGTH = re.compile(r"\(\d+\)")


def among(column: str, values: Collection[Any] | Subquery) -> Func | Q:
    """A condition, for `filter`, as `column__in=values` is: but one value whatever their number.

    With `IN` every number of them is another statement, which Django words and PostgreSQL plans anew. What an
    array's query finds is read first and for itself: PostgreSQL takes ten to be in it, where of a subquery it takes
    what it reckons for the times and ids at hand, often two, and then plans each page anew, as two look so cheap.
    """
    if not values:
        return Q(pk__in=())
    if isinstance(values, Subquery):
        chosen: Subquery | Value = values
    else:
        # A list as it is: it may stand for those of a prepared question.
        chosen = Value(values if isinstance(values, list) else list(values))
    either = "%(expressions)s)"
    return Func(F(column), chosen, template=either, arg_joiner=" = ANY(", output_field=BooleanField())


def made(model: type[M], **values: Any) -> M:
    """A new row, as `model(**values)` makes it, in a third of the time: thousands are made a second.

    Nothing is looked for but what is told: names of columns or of relations, and defaults for the rest.
    """
    plan = _plan(model)
    row = model.__new__(model)
    row._state, kept = ModelState(), row.__dict__
    kept.update(plan.constants)
    for name, value in values.items():
        if name in plan.attributes:
            kept[name] = value
        else:
            column = plan.relations[name]
            kept[column] = None if value is None else value.pk
            row._state.fields_cache[name] = value
    for name, default in plan.defaults:
        if name not in values:
            kept[name] = default()
    return row


@dataclass(frozen=True)
class _Plan:
    """What there is to say of a model's rows: column, column of each relation, and what stands there untold."""

    attributes: frozenset[str]
    relations: Mapping[str, str]
    constants: Mapping[str, Any]
    defaults: Sequence[tuple[str, Callable[[], Any]]]


@cache
def _plan(model: type[Model]) -> _Plan:
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.generated]
    called = [field for field in fields if field.has_default() and callable(field.default)]
    return _Plan(
        frozenset(field.attname for field in fields),
        {field.name: field.attname for field in fields if field.name != field.attname},
        {field.attname: field.get_default() for field in fields if field not in called},
        [(field.attname, field.default) for field in called],
    )


def insert_many(rows: Sequence[Model], *, keys: bool = True) -> None:
    """Insert new rows of one model. Without `keys` they are not told theirs, which saves a question."""
    if not rows:
        return
    meta = rows[0]._meta
    columns: list[Any] = [
        field for field in meta.concrete_fields if not field.generated and not field.primary_key
    ]
    if keys:
        _take_keys(rows, meta.db_table, str(meta.pk.column))
        columns.append(meta.pk)
    getters = [_getter(column) for column in columns]
    write = _insert if len(rows) <= FEW else _copy
    write(meta.db_table, columns, [[get(row) for get in getters] for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _insert(table: str, columns: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
    """One way there and back where COPY takes three, and PostgreSQL keeps its plan."""
    words = _insertion(table, tuple(column.column for column in columns), len(rows))
    with connection.cursor() as cursor:
        cursor.execute(words, [value for row in rows for value in row])


@cache
def _insertion(table: str, columns: Sequence[str], rows: int) -> str:
    names = ", ".join(map(connection.ops.quote_name, columns))
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES {', '.join([row] * rows)}"


def insert_rows(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows that nobody looks at afterwards, as plain values: to make objects of them takes longer than to copy.

    Each names all columns by their attributes' names, but for those that have a default.
    """
    if not rows:
        return
    fields: list[Any] = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    rest: list[Any] = [
        field
        for field in model._meta.concrete_fields
        if field.attname not in rows[0] and not field.primary_key and not field.generated
    ]
    stored = [(field.attname, _stored(field)) for field in fields]
    defaults = [_stored(field)(field.get_default()) for field in rest]
    told = ([*(as_stored(row[name]) for name, as_stored in stored), *defaults] for row in rows)
    _copy(model._meta.db_table, [*fields, *rest], told)


def _copy(table: str, columns: Sequence[Any], rows: Iterable[Sequence[object]]) -> None:
    statement = _copying(table, tuple(column.column for column in columns))
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@cache
def _copying(table: str, columns: Sequence[str]) -> bytes:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names).as_bytes(None)


def _take_keys(rows: Sequence[Model], table: str, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def _getter(column: Any) -> Callable[[Model], object]:
    if isinstance(column, JSONField | ArrayField):
        stored = _stored(column)
        return lambda row: stored(getattr(row, column.attname))
    return attrgetter(column.attname)


def _stored(column: Any) -> Callable[[object], object]:
    """As the database reads it. The driver knows other kinds by itself, but takes long for what is empty."""
    if isinstance(column, JSONField):
        encode = (column.encoder or json.JSONEncoder)().encode
        return lambda value: None if value is None else encode(value)
    if isinstance(column, ArrayField):
        return lambda value: value or (None if value is None else "{}")
    return lambda value: value


def update_many(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Save the named fields of rows of one model, each row once. Does nothing for no rows."""
    if not rows:
        return
    meta = rows[0]._meta
    columns: list[Any] = [meta.pk, *(meta.get_field(name) for name in fields)]
    told = [{column.column: getattr(row, column.attname) for column in columns} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_statement(meta.db_table, tuple(columns)), [json.dumps(told, default=str)])


@cache
def _statement(table: str, columns: Sequence[Any]) -> str:
    """One value whatever the number of rows: to put thousands into a statement took longer than to run it."""
    names = [sql.Identifier(column.column) for column in columns]
    # Without their lengths: a cast would cut off in silence.
    kinds = [sql.SQL(LENGTH.sub("", column.rel_db_type(connection))) for column in columns]
    changing = sql.SQL(
        "UPDATE {table} AS old SET {changes} FROM json_to_recordset(%s::json) AS new ({typed}) "
        "WHERE old.{key} = new.{key}"
    ).format(
        table=sql.Identifier(table),
        changes=sql.SQL(", ").join(sql.SQL("{0} = new.{0}").format(name) for name in names[1:]),
        typed=sql.SQL(", ").join(
            sql.SQL("{} {}").format(name, kind) for name, kind in zip(names, kinds, strict=True)
        ),
        key=names[0],
    )
    return changing.as_string(None)
